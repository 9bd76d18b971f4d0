create table live_session (
  id                uuid primary key,
  shop_id           uuid not null,
  host_id           uuid not null,
  title             text not null,
  category          text not null,
  cover_file_id     uuid,
  state             text not null default 'ready' check (state in ('ready', 'live', 'away', 'ended')),
  -- SHA-256 of the stream key; the key itself is shown once and kept nowhere.
  key_hash          bytea not null unique,
  created_at        timestamptz not null default now(),
  started_at        timestamptz,
  away_at           timestamptz,
  ended_at          timestamptz,
  online_count      integer not null default 0 check (online_count >= 0),
  peak_online_count integer not null default 0 check (peak_online_count >= 0),
  heart_count       bigint not null default 0 check (heart_count >= 0),
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'away') = (away_at is not null))
);

-- A shop has one open session: its host cannot be on two stages.
create unique index live_session_open on live_session (shop_id) where state <> 'ended';
create index live_session_on_air on live_session (online_count desc, started_at desc) where state in ('live', 'away');
create index live_session_of_shop on live_session (shop_id, created_at desc, id desc);
