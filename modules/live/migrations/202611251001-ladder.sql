alter table live_session
  add ladder text not null default 'none' check (ladder in ('none', 'light', 'full'));
