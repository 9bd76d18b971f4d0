-- A sale 秒杀 of a shop: its quota lies in a stock pool under the sale's id while it runs.
create table flashsale_activity (
  id         uuid primary key,
  shop_id    uuid not null,
  title      text not null,
  channel    text not null,
  live_id    uuid,
  starts_at  timestamptz not null,
  ends_at    timestamptz not null,
  state      text not null default 'scheduled',
  is_short   boolean not null default false,
  created_at timestamptz not null default now(),
  ended_at   timestamptz,
  check (starts_at < ends_at),
  check (live_id is null or channel = 'live')
);
create index flashsale_activity_of_shop on flashsale_activity (shop_id, created_at desc, id desc);
create index flashsale_activity_open on flashsale_activity (starts_at)
  where state in ('scheduled', 'running');

create table flashsale_item (
  id             uuid primary key,
  activity_id    uuid not null references flashsale_activity (id) on delete cascade,
  position       integer not null,
  sku_id         uuid not null,
  product_id     uuid not null,
  price_fen      bigint not null check (price_fen > 0),
  quota          integer not null check (quota > 0),
  per_person_max integer check (per_person_max > 0),
  unique (activity_id, sku_id)
);
create index flashsale_item_of_sku on flashsale_item (sku_id);

-- Orders at the prices of a sale: for its figures. What can still be sold is what lies in its pool.
create table flashsale_use (
  order_id    uuid not null,
  item_id     uuid not null references flashsale_item (id),
  quantity    integer not null check (quantity > 0),
  is_released boolean not null default false,
  primary key (order_id, item_id)
);
create index flashsale_use_of_item on flashsale_use (item_id);
