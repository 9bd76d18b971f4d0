-- What SKUs cost from when on is kept by a module of its own; every row stays.
alter table catalog_price_change rename to pricehistory_change;
alter table pricehistory_change drop constraint catalog_price_change_sku_id_fkey;
alter index catalog_price_change_pkey rename to pricehistory_change_pkey;
alter index catalog_price_change_by_sku rename to pricehistory_change_by_sku;
alter sequence catalog_price_change_id_seq rename to pricehistory_change_id_seq;
