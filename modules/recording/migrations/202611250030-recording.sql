-- What is kept of a session: a recording 录像, from the first piece on, or from its first setting.
create table recording (
  live_id      uuid primary key,
  shop_id      uuid not null,
  state        text not null default 'none'
               check (state in ('none', 'recording', 'making', 'ready', 'expired')),
  records      boolean not null default true,
  is_public    boolean not null default true,
  may_download boolean not null default false,
  -- The folder of the media process; its name cannot be guessed.
  folder       text,
  started_at   timestamptz,
  ended_at     timestamptz,
  -- When an order from the session or its replay last moved: it makes the session one that sold.
  traded_at    timestamptz,
  duration_ms  bigint not null default 0,
  bytes        bigint not null default 0,
  -- Legal holds that stand; counted here so that an expiry that runs sees them.
  hold_count   integer not null default 0 check (hold_count >= 0),
  -- The files of an expired recording are gone.
  is_cleared   boolean not null default false,
  created_at   timestamptz not null default clock_timestamp()
);
create index recording_newest on recording (created_at desc, live_id desc);
create index recording_of_shop on recording (shop_id, created_at desc, live_id desc);
create index recording_making on recording (ended_at) where state = 'making';
create index recording_ready on recording (ended_at) where state = 'ready';
create index recording_uncleared on recording (live_id) where state = 'expired' and not is_cleared;

-- Some ten seconds of it: a file. The same number is told once, however often it is told.
create table recording_piece (
  live_id     uuid not null references recording,
  number      integer not null,
  init_number integer not null,
  started_at  timestamptz not null,
  duration_ms integer not null check (duration_ms >= 0),
  bytes       bigint not null,
  sha256      text not null,
  -- It lies in the object store, and no longer with the media process.
  is_moved    boolean not null default false,
  primary key (live_id, number)
);
create index recording_piece_unmoved on recording_piece (live_id, number) where not is_moved;

-- A legal hold 保全: nothing of the session is deleted while one stands.
create table recording_hold (
  id          uuid primary key,
  live_id     uuid not null references recording,
  reason      text not null,
  placed_at   timestamptz not null default clock_timestamp(),
  placed_by   uuid not null,
  lifted_at   timestamptz,
  lifted_by   uuid,
  lift_reason text
);
create index recording_hold_of_live on recording_hold (live_id, placed_at desc);
