-- The log of who did what. Each row's hash covers the row before it, so a change shows.
create table audit_entry (
  sequence bigint primary key check (sequence > 0),
  at timestamptz not null,
  -- Null for the system itself.
  actor_id uuid,
  shop_id uuid,
  action text not null,
  subject text not null,
  detail jsonb not null,
  ip text not null,
  request_id text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$')
);
create index audit_entry_by_actor on audit_entry (actor_id, sequence desc);
create index audit_entry_by_shop on audit_entry (shop_id, sequence desc);

create function audit_entry_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entry is append-only';
end $$;
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function audit_entry_refuse();
create trigger audit_entry_no_truncate before truncate on audit_entry
  for each statement execute function audit_entry_refuse();
