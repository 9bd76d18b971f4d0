create table follow_person (
  user_id         uuid primary key,
  following_count integer not null default 0 check (following_count >= 0)
);

create table follow_shop (
  shop_id        uuid primary key,
  follower_count integer not null default 0 check (follower_count >= 0)
);

create table follow_follower (
  user_id     uuid not null references follow_person,
  shop_id     uuid not null,
  followed_at timestamptz not null default clock_timestamp(),
  primary key (user_id, shop_id)
);
create index follow_follower_of_person on follow_follower (user_id, followed_at desc, shop_id desc);
-- Followers are told in this order, slice by slice.
create index follow_follower_of_shop on follow_follower (shop_id, user_id) include (followed_at);
