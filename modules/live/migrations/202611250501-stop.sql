-- Why the platform ended a session; null when it did not.
alter table live_session add column stop_reason text;
create index live_session_open_of_host on live_session (host_id) where state <> 'ended';
