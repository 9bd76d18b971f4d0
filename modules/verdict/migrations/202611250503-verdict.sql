create table verdict (
  id         uuid primary key,
  live_id    uuid not null,
  shop_id    uuid not null,
  host_id    uuid not null,
  kind       text not null check (kind in ('warn', 'cut', 'ban')),
  reason     text not null,
  note       text not null default '',
  -- Null = the reviewer of pictures.
  by_id      uuid,
  at         timestamptz(3) not null default now(),
  seen_at    timestamptz(3),
  -- What stood around it; null when it is not kept any more. The verdict itself stays.
  context    jsonb,
  keep_until timestamptz not null
);
create index verdict_by_time on verdict (at desc, id desc);
create index verdict_of_shop on verdict (shop_id, at desc, id desc);
create index verdict_to_forget on verdict (keep_until) where context is not null;

create table verdict_frame (
  verdict_id uuid not null references verdict (id),
  place      smallint not null,
  taken_at   timestamptz(3) not null,
  sha256     text not null,
  jpeg       bytea not null,
  primary key (verdict_id, place)
);

create table verdict_ban (
  id         uuid primary key,
  verdict_id uuid not null references verdict (id),
  subject    text not null check (subject in ('shop', 'host')),
  subject_id uuid not null,
  reason     text not null,
  at         timestamptz(3) not null default now(),
  until      timestamptz(3),
  lifted_at  timestamptz(3),
  lifted_by  uuid
);
create index verdict_ban_of_subject on verdict_ban (subject_id) where lifted_at is null;
create index verdict_ban_by_time on verdict_ban (at desc, id desc);
