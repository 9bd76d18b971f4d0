create table history_item (
  user_id    uuid not null,
  product_id uuid not null,
  viewed_at  timestamptz not null default clock_timestamp(),
  primary key (user_id, product_id)
);
create index history_item_of_person on history_item (user_id, viewed_at desc, product_id);
