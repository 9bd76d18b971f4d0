-- A vote 投票 or quiz 问答 of a room. Its bell is `closes_at`, by the clock of the database.
create table poll (
  id           uuid primary key,
  live_id      uuid not null,
  shop_id      uuid not null,
  kind         text not null check (kind in ('vote', 'quiz')),
  question     text not null,
  options      text[] not null check (cardinality(options) between 2 and 6),
  right_option smallint,
  window_sec   integer not null check (window_sec > 0),
  state        text not null default 'ready' check (state in ('ready', 'open', 'closed')),
  created_at   timestamptz not null default clock_timestamp(),
  opened_at    timestamptz(3),
  closes_at    timestamptz(3),
  check ((kind = 'quiz') = (right_option is not null)),
  check (right_option between 0 and cardinality(options) - 1),
  check ((state = 'ready') = (opened_at is null) and (state = 'ready') = (closes_at is null))
);
-- One at a time in a room.
create unique index poll_open on poll (live_id) where state = 'open';
create index poll_of_live on poll (live_id, created_at desc);
create index poll_due on poll (closes_at) where state = 'open';

-- One vote per person; the time is when a server received it.
create table poll_vote (
  poll_id  uuid not null references poll (id),
  user_id  uuid not null,
  option   smallint not null,
  voted_at timestamptz(3) not null,
  primary key (poll_id, user_id)
);
create index poll_vote_by_time on poll_vote (poll_id, option, voted_at, user_id);

-- How many voted for what: written with the votes, so that nobody has to count them.
create table poll_tally (
  poll_id    uuid not null references poll (id) on delete cascade,
  option     smallint not null,
  vote_count integer not null default 0 check (vote_count >= 0),
  primary key (poll_id, option)
);
