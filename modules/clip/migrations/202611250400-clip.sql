-- A clip 切片 of a replay. `lease_until` and `attempt_count` belong to the work that is done now: the
-- cutting, or later the copy for viewers; who lets the lease lapse has died.
create table clip (
  id             uuid primary key,
  live_id        uuid not null,
  shop_id        uuid not null,
  product_id     uuid,
  title          text not null,
  from_ms        integer not null,
  to_ms          integer not null check (to_ms > from_ms),
  mode           text not null check (mode in ('copy', 'exact')),
  state          text not null default 'waiting'
                 check (state in ('waiting', 'cutting', 'ready', 'failed')),
  failure        text,
  download_state text not null default 'none'
                 check (download_state in ('none', 'making', 'ready', 'failed')),
  lease_until    timestamptz,
  attempt_count  integer not null default 0,
  duration_ms    integer,
  byte_count     integer,
  poster_file_id uuid,
  published_at   timestamptz,
  created_at     timestamptz not null default clock_timestamp()
);
create index clip_of_live on clip (live_id, from_ms, id);
create index clip_published on clip (published_at desc, id desc) where published_at is not null;
create index clip_published_of_shop on clip (shop_id, published_at desc, id desc)
  where published_at is not null;
create index clip_published_of_product on clip (product_id, published_at desc, id desc)
  where published_at is not null;
create index clip_due on clip (created_at)
  where state in ('waiting', 'cutting') or download_state = 'making';
