create table attitude_mark (
  live_id    uuid not null,
  user_id    uuid not null,
  -- What they think now; null when they took it back, or never said.
  mark       text check (mark in ('up', 'down')),
  -- What they said last, also when it is taken back: the other one is a flip.
  side       text check (side in ('up', 'down')),
  is_flipped boolean not null default false,
  primary key (live_id, user_id),
  check (mark is null or mark = side)
);

create table attitude_total (
  live_id    uuid primary key,
  up_count   integer not null check (up_count >= 0),
  down_count integer not null check (down_count >= 0)
);
