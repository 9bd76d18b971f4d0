-- What the platform keeps of sales. Rows that have begun are never changed: a new rate is a new row.
create table takerate_rule (
  id uuid primary key,
  -- Null = every shop; null = every category.
  shop_id uuid,
  category_id uuid,
  -- Null ends the rule for this shop and category.
  rate_bps integer check (rate_bps between 0 and 10000),
  effective_from timestamptz(3) not null default now(),
  note text not null default '',
  created_by uuid,
  created_at timestamptz(3) not null default now(),
  unique nulls not distinct (shop_id, category_id, effective_from)
);
create index takerate_rule_latest on takerate_rule (effective_from desc, id desc);
