-- Words of the platform (shop_id null) and of shops.
create table wordlist_word (
  id uuid primary key,
  shop_id uuid,
  -- What spellings of the word have in common; see keyOf of @kaibo/wordguard.
  key text not null check (key <> ''),
  word text not null,
  tier text not null check (tier in ('allow', 'mask', 'review', 'block')),
  -- Empty = everywhere.
  scenes text[] not null default '{}',
  note text not null default '',
  set_by uuid,
  set_at timestamptz(3) not null default now(),
  unique nulls not distinct (shop_id, key)
);
create index wordlist_word_latest on wordlist_word (shop_id, set_at desc, id desc);

-- One row per list that ever had words. Versions rise over all lists in the order of the commits, so
-- that a process finds what changed by the highest one that it has seen.
create sequence wordlist_version;
create table wordlist_list (
  shop_id uuid,
  version bigint not null unique,
  unique nulls not distinct (shop_id)
);
