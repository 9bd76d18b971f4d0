-- Up to which instant a vendor's callbacks about the stream are known: older ones come too late.
alter table live_session add column told_at timestamptz;
create index live_session_told on live_session (told_at) where told_at is not null;
