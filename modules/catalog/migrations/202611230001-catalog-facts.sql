-- What an order, a search and a page have to know of a product, and the versions that keep it.
alter table catalog_product
  add column brand_id uuid,
  add column category_id uuid,
  -- The category and all its ancestors, root first: a listing by any node is one index look-up.
  add column category_ids uuid[] not null default '{}',
  add column tag_ids uuid[] not null default '{}',
  -- Rich text, cleaned on the way in.
  add column detail text not null default '',
  add column video_file_id uuid,
  add column is_virtual boolean not null default false,
  -- Why it may not be returned without a reason (R7); null = it may.
  add column no_return text check (
    no_return in ('custom_made', 'perishable', 'digital', 'periodical', 'agreed')
  ),
  -- Prefixes of GB/T 2260 codes; null = sold everywhere.
  add column region_codes text[] check (cardinality(region_codes) between 1 and 400),
  add column limit_per_buyer integer check (limit_per_buyer > 0),
  add column freight_template_id uuid,
  add column shelve_at timestamptz(3),
  add column unshelve_at timestamptz(3),
  -- Why the last move by the clock did not happen: a code.
  add column schedule_problem text,
  -- Counts every change: an editor who has seen an older one is told.
  add column version_number integer not null default 1,
  add column version_id uuid not null default gen_random_uuid();
create index catalog_product_by_category on catalog_product using gin (category_ids);
create index catalog_product_to_shelve on catalog_product (shelve_at) where shelve_at is not null;
create index catalog_product_to_unshelve on catalog_product (unshelve_at)
  where unshelve_at is not null;

alter table catalog_product drop constraint catalog_product_state_check;
alter table catalog_product add check (
  state in ('draft', 'in_review', 'approved', 'rejected', 'on_shelf', 'off_shelf')
);

alter table catalog_sku
  add column picture_file_id uuid,
  add column weight_g integer not null default 0 check (weight_g >= 0),
  add column volume_cm3 integer not null default 0 check (volume_cm3 >= 0),
  add column barcode text,
  -- A combination that is shown but cannot be chosen.
  add column is_disabled boolean not null default false,
  -- The struck-through price and what it rests on: the lowest price of 30 days, or the maker's list.
  add column strike_fen bigint check (strike_fen > 0),
  add column strike_basis text check (strike_basis in ('lowest_30_days', 'list_price')),
  add column strike_source text,
  add check ((strike_fen is null) = (strike_basis is null));

-- The page as it stood: never changed, never deleted; orders name the version they saw.
create table catalog_version (
  id uuid primary key,
  product_id uuid not null references catalog_product,
  number integer not null,
  page json not null,
  changed_by uuid,
  created_at timestamptz(3) not null default now(),
  unique (product_id, number)
);
insert into catalog_version (id, product_id, number, page)
  select product.version_id, product.id, 1, json_build_object(
    'title', title, 'subtitle', subtitle, 'description', description, 'detail', '',
    'pictureFileIds', picture_file_ids, 'videoFileId', null, 'brandName', null,
    'categoryNames', json_build_array(), 'noReturn', null,
    'skus', (
      select coalesce(json_agg(json_build_object('id', sku.id, 'spec', sku.spec,
        'priceFen', sku.price_fen, 'pictureFileId', null, 'strike', null)
        order by sku.position), '[]')
      from catalog_sku sku where sku.product_id = product.id and sku.retired_at is null
    ))
  from catalog_product product;
create function catalog_version_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'versions of products are kept as they are';
end $$;
create trigger catalog_version_is_kept before update or delete on catalog_version
  for each row execute function catalog_version_is_kept();

-- What a SKU cost from when on; null = it was not on sale. The present price is the last row.
create table catalog_price_change (
  id bigint generated always as identity primary key,
  sku_id uuid not null references catalog_sku,
  price_fen bigint check (price_fen >= 0),
  from_at timestamptz(3) not null default now(),
  changed_by uuid
);
create index catalog_price_change_by_sku on catalog_price_change (sku_id, from_at desc, id desc);
insert into catalog_price_change (sku_id, price_fen, from_at)
  select sku.id, sku.price_fen, product.updated_at
  from catalog_sku sku join catalog_product product on product.id = sku.product_id
  where product.state = 'on_shelf' and sku.retired_at is null;
