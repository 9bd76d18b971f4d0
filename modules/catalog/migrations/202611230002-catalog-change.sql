-- A change of a product on sale that waits for its approval.
create table catalog_change (
  product_id uuid primary key references catalog_product,
  change json not null,
  created_at timestamptz(3) not null default now()
);
