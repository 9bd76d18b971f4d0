-- The key before the one in force: who publishes with it has forgotten to copy the new one.
alter table live_session add column old_key_hash bytea;
create index live_session_old_key on live_session (old_key_hash) where old_key_hash is not null;
