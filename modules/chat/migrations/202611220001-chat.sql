create table chat_comment (
  id         uuid primary key,
  live_id    uuid not null,
  author_id  uuid not null,
  is_host    boolean not null,
  text       text not null,
  created_at timestamptz not null default clock_timestamp()
);

create index chat_comment_of_live on chat_comment (live_id, created_at desc, id desc);
