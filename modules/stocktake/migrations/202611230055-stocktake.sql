create table stocktake_take (
  id uuid primary key,
  shop_id uuid not null,
  title text not null,
  state text not null default 'open' check (state in ('open', 'applied', 'cancelled')),
  created_by uuid,
  created_at timestamptz(3) not null default now(),
  closed_at timestamptz(3),
  constraint stocktake_take_closed check ((state = 'open') = (closed_at is null))
);
create index stocktake_take_by_shop on stocktake_take (shop_id, created_at desc, id desc);

-- What was found of a SKU, beside what the books said at that moment: what is sold between counting
-- and applying changes neither.
create table stocktake_count (
  take_id uuid not null references stocktake_take,
  sku_id uuid not null,
  counted integer not null check (counted >= 0),
  on_hand_then integer not null,
  counted_by uuid,
  counted_at timestamptz(3) not null default now(),
  primary key (take_id, sku_id)
);
create index stocktake_count_latest on stocktake_count (take_id, counted_at desc, sku_id desc);
