-- The books of the sandbox channel: a world of its own that only its bank touches.
create table sandbox_trade (
  trade_no          text primary key,
  channel_trade_no  text not null unique,
  amount_fen        bigint not null check (amount_fen > 0),
  subject           text not null,
  notify_url        text not null,
  state             text not null default 'pending'
                    check (state in ('pending', 'paid', 'closed', 'refunded')),
  created_at        timestamptz not null default now(),
  expires_at        timestamptz not null,
  paid_at           timestamptz,
  notify_count      integer not null default 0,
  -- When the merchant is told next; null when it has heard or there is nothing to tell.
  notify_due_at     timestamptz
);

create index sandbox_trade_to_tell on sandbox_trade (notify_due_at) where notify_due_at is not null;
