-- What a transaction tells the rest of the system. `seq` is the delivery order.
create table outbox_event (
  seq bigint generated always as identity primary key,
  name text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  -- Set once the event has been turned into deliveries.
  routed_at timestamptz
);
create index outbox_event_unrouted on outbox_event (seq) where routed_at is null;
create index outbox_event_routed on outbox_event (routed_at) where routed_at is not null;

-- One row per consumer that has yet to take an event; gone once it has.
create table outbox_delivery (
  consumer text not null,
  event_seq bigint not null references outbox_event,
  attempt_count integer not null default 0,
  due_at timestamptz not null default now(),
  -- Set when the attempts are used up: somebody has to look.
  parked_at timestamptz,
  last_error text,
  primary key (consumer, event_seq)
);
create index outbox_delivery_event on outbox_delivery (event_seq);

-- Keys of effects that may happen only once.
create table once_key (
  key text primary key,
  created_at timestamptz not null default now()
);
create index once_key_created on once_key (created_at);
