-- A story card 故事 or a comparison table 对比 of a shop, as it was written.
create table story (
  id         uuid primary key,
  shop_id    uuid not null,
  plan       json not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create index story_of_shop on story (shop_id, created_at desc, id desc);

-- What a room shows beside the video, in order; `version` grows with every change.
create table story_room (
  live_id   uuid primary key,
  shop_id   uuid not null,
  story_ids uuid[] not null default '{}',
  version   integer not null default 0
);
create index story_room_of_shop on story_room (shop_id);
