-- Counts are written with what they count, so that a look costs the same in every room.
create table insight_session (
  live_id      uuid primary key,
  viewer_count integer not null default 0 check (viewer_count >= active_count),
  active_count integer not null default 0 check (active_count >= 0),
  -- Who came is forgotten a while after the last of them.
  noted_at     timestamptz not null default now()
);
insert into insight_session (live_id, viewer_count, active_count)
  select live_id, count(*), count(*) filter (where is_active) from insight_viewer group by live_id;

create table insight_minute (
  live_id     uuid not null,
  minute      timestamptz not null,
  product_id  uuid not null,
  click_count integer not null default 0 check (click_count >= 0),
  cart_count  integer not null default 0 check (cart_count >= 0),
  primary key (live_id, minute, product_id)
);
insert into insight_minute (live_id, minute, product_id, click_count, cart_count)
  select live_id, minute, product_id, count(*) filter (where kind = 'click'),
    count(*) filter (where kind = 'cart')
  from insight_signal group by live_id, minute, product_id;

-- Single signals are only there to be counted once.
create index insight_signal_old on insight_signal (minute);
