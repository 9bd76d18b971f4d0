-- One row per person who ever had something in the cart: whoever changes the cart queues up here.
create table cart_owner (
  user_id uuid primary key
);

create table cart_line (
  user_id         uuid not null references cart_owner,
  sku_id          uuid not null,
  quantity        integer not null check (quantity between 1 and 999),
  is_selected     boolean not null,
  added_price_fen bigint not null check (added_price_fen >= 0),
  source_kind     text not null check (source_kind in ('live', 'link', 'shop', 'video')),
  source_id       uuid,
  added_at        timestamptz not null default clock_timestamp(),
  primary key (user_id, sku_id)
);
