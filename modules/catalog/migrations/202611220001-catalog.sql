create table catalog_product (
  id uuid primary key,
  shop_id uuid not null,
  title text not null,
  subtitle text not null,
  description text not null,
  picture_file_ids uuid[] not null check (cardinality(picture_file_ids) between 1 and 9),
  state text not null default 'draft' check (state in ('draft', 'on_shelf', 'off_shelf')),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index catalog_product_by_shop on catalog_product (shop_id, created_at desc, id desc);
create index catalog_product_shelf on catalog_product (shop_id, created_at desc, id desc)
  where state = 'on_shelf';

create table catalog_sku (
  id uuid primary key,
  product_id uuid not null references catalog_product,
  position integer not null,
  -- json, not jsonb: the order of the specs is the order in which people choose them.
  spec json not null,
  price_fen bigint not null check (price_fen >= 0),
  -- A SKU that left the product stays for orders and movements, and comes back by its id.
  retired_at timestamptz
);
create index catalog_sku_by_product on catalog_sku (product_id, position);
