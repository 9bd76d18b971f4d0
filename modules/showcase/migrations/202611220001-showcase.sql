-- One row per session that has a bag; `version` grows with every change.
create table showcase_bag (
  live_id     uuid primary key,
  shop_id     uuid not null,
  product_ids uuid[] not null default '{}',
  version     integer not null default 0
);

-- The time line of explanations 讲解: marks for recap, replay chapters and clips.
create table showcase_explain (
  id         uuid primary key,
  live_id    uuid not null references showcase_bag (live_id),
  product_id uuid not null,
  started_at timestamptz not null default clock_timestamp(),
  ended_at   timestamptz,
  check (ended_at is null or ended_at >= started_at)
);

-- R40: one current product per room.
create unique index showcase_explain_current on showcase_explain (live_id) where ended_at is null;
create index showcase_explain_of_live on showcase_explain (live_id, started_at);
