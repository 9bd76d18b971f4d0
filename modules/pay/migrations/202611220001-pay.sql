create table pay_payment (
  id               uuid primary key,
  order_id         uuid not null,
  buyer_id         uuid not null,
  shop_id          uuid not null,
  channel          text not null,
  -- Our number at the channel; unguessable, never shown as the order's number.
  trade_no         text not null unique,
  amount_fen       bigint not null check (amount_fen > 0),
  state            text not null default 'pending'
                   check (state in ('pending', 'paid', 'closed', 'refunding', 'refunded')),
  cashier_url      text,
  channel_trade_no text,
  created_at       timestamptz not null default now(),
  expires_at       timestamptz not null,
  paid_at          timestamptz,
  check ((state in ('paid', 'refunding', 'refunded')) = (paid_at is not null)),
  -- R15: a channel's trade is booked once.
  unique (channel, channel_trade_no)
);

-- One open payment per order and channel: a second click continues the first.
create unique index pay_payment_open on pay_payment (order_id, channel) where state = 'pending';
-- R15: an order is paid once; money beyond that goes back.
create unique index pay_payment_paid on pay_payment (order_id) where state = 'paid';
create index pay_payment_unsettled on pay_payment (created_at) where state in ('pending', 'refunding');
