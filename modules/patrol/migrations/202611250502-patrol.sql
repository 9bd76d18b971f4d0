-- Rooms that are watched, and those that were within the last 90 days.
create table patrol_room (
  live_id      uuid primary key,
  shop_id      uuid not null,
  host_id      uuid not null,
  -- Of its last picture's beginning: the first minute is watched closely.
  on_air_since timestamptz not null default now(),
  ended_at     timestamptz,
  is_trusted   boolean not null,
  is_pinned    boolean not null default false,
  close_until  timestamptz,
  -- When the next picture is taken, and the next look at its stream; null while there is no picture.
  picture_due  timestamptz,
  stream_due   timestamptz,
  findings     jsonb not null default '[]',
  findings_at  timestamptz,
  fault        text,
  fault_since  timestamptz
);
create index patrol_room_picture_due on patrol_room (picture_due) where picture_due is not null;
create index patrol_room_stream_due on patrol_room (stream_due) where stream_due is not null;
create index patrol_room_on_air on patrol_room (live_id) where ended_at is null;
create index patrol_room_of_shop on patrol_room (shop_id, ended_at);

-- The newest pictures of rooms on air. They change every few seconds and are worth nothing after a
-- crash, so they stay out of the write-ahead log.
create unlogged table patrol_picture (
  id       uuid primary key,
  live_id  uuid not null,
  taken_at timestamptz not null,
  jpeg     bytea not null
);
create index patrol_picture_of_room on patrol_picture (live_id, taken_at desc);

create table patrol_alert (
  id          uuid primary key,
  live_id     uuid not null,
  shop_id     uuid not null,
  kind        text not null check (kind in ('picture', 'chat', 'title', 'stream')),
  label       text not null,
  excerpt     text not null default '',
  is_blocking boolean not null,
  count       integer not null default 1,
  first_at    timestamptz(3) not null default now(),
  last_at     timestamptz(3) not null default now(),
  handled_at  timestamptz(3),
  -- Null when it went away by itself.
  handled_by  uuid
);
-- What happens again while it is open is counted, so one room cannot fill the list.
create unique index patrol_alert_open on patrol_alert (live_id, kind, label) where handled_at is null;
create index patrol_alert_by_time on patrol_alert (last_at desc, id desc);
