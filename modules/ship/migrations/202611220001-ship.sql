create table ship_parcel (
  id uuid primary key,
  order_id uuid not null,
  shop_id uuid not null,
  carrier text not null,
  number text not null,
  shipped_at timestamptz(3) not null default now(),
  unique (order_id, carrier, number)
);
