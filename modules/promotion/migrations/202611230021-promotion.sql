create table promotion (
  id uuid primary key,
  shop_id uuid not null,
  kind text not null check (kind in ('limited_discount', 'full_reduction', 'buy_gift', 'bundle')),
  title text not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null check (ends_at > starts_at),
  -- Null while it is a draft. Whether a published one runs is a matter of time, never of a job.
  published_at timestamptz(3),
  -- When it was ended before its time.
  ended_at timestamptz(3),
  rules jsonb not null,
  -- The products it can be about; null = any of the shop's.
  product_ids uuid[],
  created_at timestamptz(3) not null default now()
);
create index promotion_by_shop on promotion (shop_id, created_at desc, id desc);
create index promotion_open on promotion (shop_id, ends_at)
  where published_at is not null and ended_at is null;
