-- Who was looked for by phone number, counted against the day's limit of a shop: the number itself is
-- kept nowhere.
create table moderation_find (
  shop_id uuid not null,
  by_id   uuid not null,
  at      timestamptz not null default clock_timestamp()
);
create index moderation_find_of_shop on moderation_find (shop_id, at);
