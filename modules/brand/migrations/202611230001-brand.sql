create table brand_row (
  id uuid primary key,
  name text not null,
  name_en text not null,
  logo_file_id uuid
);
create unique index brand_row_name on brand_row (lower(name));
