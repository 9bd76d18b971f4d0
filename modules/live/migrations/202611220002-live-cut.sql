-- A key opens one session; once that has ended, the key may be given to another one.
alter table live_session drop constraint live_session_key_hash_key;
create unique index live_session_key on live_session (key_hash) where state <> 'ended';

-- The key was renewed, and the publisher who uses the old one has still to be cut.
alter table live_session add column cut_due boolean not null default false;
create index live_session_to_cut on live_session (id) where cut_due;
