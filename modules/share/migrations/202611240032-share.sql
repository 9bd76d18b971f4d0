create table share_link (
  id         uuid primary key,
  live_id    uuid not null,
  shop_id    uuid not null,
  sharer_id  uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  unique (live_id, sharer_id)
);

create table share_visit (
  share_id  uuid not null references share_link,
  -- Of the room, so that an order finds what its buyer came by.
  shop_id   uuid not null,
  device_id uuid not null,
  -- Null until somebody signs in on that device.
  user_id   uuid,
  -- The last time; an order counts for the link entered last.
  came_at   timestamptz not null default clock_timestamp()
);
create unique index share_visit_of_person on share_visit (share_id, user_id) where user_id is not null;
create unique index share_visit_of_device on share_visit (share_id, device_id) where user_id is null;
create index share_visit_before_order on share_visit (user_id, shop_id, came_at desc) where user_id is not null;

create table share_order (
  order_id   uuid primary key,
  share_id   uuid not null references share_link,
  amount_fen bigint not null check (amount_fen >= 0)
);
create index share_order_of_link on share_order (share_id) include (amount_fen);
