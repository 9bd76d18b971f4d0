create table freight_template (
  id uuid primary key,
  shop_id uuid not null,
  version integer not null default 1,
  is_default boolean not null,
  created_at timestamptz(3) not null default now(),
  -- Goods that name a removed template go by the default one.
  removed_at timestamptz(3)
);
create unique index freight_template_default on freight_template (shop_id) where is_default;
create index freight_template_by_shop on freight_template (shop_id) where removed_at is null;

-- What a template said, version by version; only ever added to.
create table freight_version (
  template_id uuid not null references freight_template,
  version integer not null,
  plan jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (template_id, version)
);
