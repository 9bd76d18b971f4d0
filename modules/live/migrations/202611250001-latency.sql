alter table live_session
  add latency text not null default 'low' check (latency in ('standard', 'low', 'realtime'));
