-- How few of a SKU are too few; without a row the default of the contract holds.
create table stock_threshold (
  sku_id uuid primary key,
  low_below integer not null check (low_below >= 0)
);

-- Where stock ran low. One open alert per SKU: it is armed again when it is restored.
create table stock_alert (
  id uuid primary key default gen_random_uuid(),
  sku_id uuid not null,
  product_id uuid not null,
  shop_id uuid not null,
  available integer not null,
  low_below integer not null,
  at timestamptz(3) not null default now(),
  restored_at timestamptz(3)
);
create unique index stock_alert_open on stock_alert (sku_id) where restored_at is null;
create index stock_alert_by_shop on stock_alert (shop_id, at desc, id desc);

create index stock_level_by_shop on stock_level (shop_id, sku_id);

-- A stock-take is a document of its own.
alter table stock_movement
  drop constraint stock_movement_reason_check,
  add check (
    reason in ('initial', 'adjust', 'count', 'hold', 'release', 'ship', 'allot', 'return')
  );
