create table favourite_owner (
  user_id uuid primary key
);

create table favourite_item (
  user_id        uuid not null references favourite_owner,
  product_id     uuid not null,
  -- The lowest price of the product at that moment.
  then_price_fen bigint not null check (then_price_fen >= 0),
  favoured_at    timestamptz not null default clock_timestamp(),
  primary key (user_id, product_id)
);
create index favourite_item_of_person on favourite_item (user_id, favoured_at desc, product_id);
