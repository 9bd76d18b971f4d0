-- What the ordered lane of every topic has said lately. Unlogged: after a crash of the server the
-- tables are empty, every topic begins a new epoch, and clients refetch their snapshots.
create unlogged table fanout_topic (
  topic text primary key,
  epoch text not null,
  oseq bigint not null default 0,
  followed_at timestamptz not null default now()
);

create unlogged table fanout_item (
  topic text not null,
  epoch text not null,
  oseq bigint not null,
  json text not null,
  at timestamptz not null default now(),
  primary key (topic, epoch, oseq)
);

create index fanout_item_at on fanout_item (at);
