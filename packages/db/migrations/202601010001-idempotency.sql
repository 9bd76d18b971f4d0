-- Replies to unsafe requests, kept so that a repeated request gets the same answer.
create table idempotency_key (
  actor_id text not null,
  operation text not null,
  key text not null,
  request_hash text not null,
  state text not null check (state in ('running', 'done')),
  -- Changes with each take-over, so that a process declared dead cannot store its reply.
  owner uuid not null,
  status integer,
  reply jsonb,
  started_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (actor_id, operation, key)
);
create index idempotency_key_expires on idempotency_key (expires_at);
