-- What happened to an order after it was placed, by whom and why: shown to buyer and shop.
create table order_event (
  seq      bigint generated always as identity primary key,
  order_id uuid not null references order_header on delete cascade,
  kind     text not null check (kind in ('paid', 'part_shipped', 'shipped', 'completed', 'closed',
             'repriced', 'receiver_changed', 'receipt_extended')),
  by_whom  text not null check (by_whom in ('buyer', 'merchant', 'system')),
  actor_id uuid,
  reason   text not null default '',
  at       timestamptz(3) not null default now()
);
create index order_event_by_order on order_event (order_id, seq);
insert into order_event (order_id, kind, by_whom, at)
select id, kind, 'system', at
from order_header, lateral (values ('paid', paid_at), ('shipped', shipped_at),
  ('completed', completed_at), ('closed', closed_at)) as past (kind, at)
where at is not null
order by at;

alter table order_header
  -- The colour that the shop gave the order.
  add merchant_flag text not null default 'none'
    check (merchant_flag in ('none', 'red', 'yellow', 'green', 'blue', 'purple')),
  -- The buyer may put the automatic receipt off once.
  add receipt_extended_at timestamptz(3),
  -- What the shop took off the shipping by hand.
  add shipping_off_fen bigint not null default 0 check (shipping_off_fen >= 0);
update order_header set receipt_due_at = now() + interval '10 days'
where state = 'shipped' and receipt_due_at is null;
create index order_header_receipt_due on order_header (receipt_due_at) where state = 'shipped';
create index order_header_to_ship on order_header (shop_id, paid_at)
  where state in ('paid', 'part_shipped');
