create table tag_row (
  id uuid primary key,
  shop_id uuid not null,
  name text not null,
  tone text not null
);
create unique index tag_row_name on tag_row (shop_id, lower(name));
