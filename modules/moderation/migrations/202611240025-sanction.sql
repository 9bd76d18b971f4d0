-- Who may not write or enter, where and until when. Rows stay: they are what was done, and by whom.
create table moderation_sanction (
  id         uuid primary key,
  kind       text not null check (kind in ('mute', 'kick', 'ban')),
  shop_id    uuid not null,
  live_id    uuid not null,
  user_id    uuid not null,
  by_id      uuid not null,
  reason     text not null,
  created_at timestamptz not null default clock_timestamp(),
  -- Null = for good.
  ends_at    timestamptz,
  lifted_at  timestamptz,
  -- Null also when another sanction of the kind took its place.
  lifted_by  uuid
);
create index moderation_sanction_of_shop
  on moderation_sanction (shop_id, created_at desc, id desc);
create index moderation_sanction_of_person on moderation_sanction (user_id, shop_id)
  where lifted_at is null;
