-- Pages as they stood are kept by a module of their own; every row stays.
alter table catalog_version rename to snapshot_page;
alter table snapshot_page drop constraint catalog_version_product_id_fkey;
alter index catalog_version_pkey rename to snapshot_page_pkey;
alter index catalog_version_product_id_number_key rename to snapshot_page_product_id_number_key;
alter trigger catalog_version_is_kept on snapshot_page rename to snapshot_page_is_kept;
alter function catalog_version_is_kept() rename to snapshot_page_is_kept;
