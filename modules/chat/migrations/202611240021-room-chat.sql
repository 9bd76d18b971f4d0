alter table chat_comment
  -- What the author was in the room's shop when they wrote.
  add column role text not null default 'none'
    check (role in ('none', 'moderator', 'assistant', 'host')),
  add column kind text not null default 'comment' check (kind in ('comment', 'question')),
  add column reply_to_id uuid,
  -- The first comment of the thread; null for a first one.
  add column root_id uuid,
  add column mention_ids uuid[] not null default '{}',
  add column is_answered boolean not null default false,
  add column state text not null default 'shown' check (state in ('shown', 'held', 'removed')),
  -- As others may read it, when that is not as it was written.
  add column masked_text text,
  -- Stopped by a word list: no moderator has to look at it.
  add column is_blocked boolean not null default false,
  -- Words of the lists that were found.
  add column words text[] not null default '{}';
update chat_comment set role = 'host' where is_host;
alter table chat_comment drop column is_host;

drop index chat_comment_of_live;
create index chat_comment_shown on chat_comment (live_id, created_at desc, id desc)
  where state = 'shown';
create index chat_comment_unseen on chat_comment (live_id, created_at, id) where state <> 'shown';
create index chat_comment_of_author on chat_comment (live_id, author_id, created_at desc);
create index chat_comment_thread on chat_comment (root_id, created_at, id)
  where root_id is not null;
create index chat_comment_question on chat_comment (live_id, created_at, id)
  where kind = 'question' and state = 'shown';

-- What stands above the chat of a room, and how it takes comments; no row = as rooms begin.
create table chat_room (
  live_id           uuid primary key,
  slow_mode_sec     integer not null default 0,
  is_followers_only boolean not null default false,
  takes_questions   boolean not null default true,
  pinned_id         uuid,
  announcement      text
);
