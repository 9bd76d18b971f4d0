-- One payment for several orders of one buyer: what each of them takes of it, and what becomes of
-- that share. Money that no order waits for, or whose order was cancelled, goes back by the share.
create table pay_payment_order (
  id         uuid primary key,
  payment_id uuid not null references pay_payment on delete cascade,
  order_id   uuid not null,
  shop_id    uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  state      text not null default 'waiting'
             check (state in ('waiting', 'paid', 'refunding', 'refunded')),
  unique (payment_id, order_id)
);

-- Journals of earlier payments are kept under the payment's id, which therefore is the share's.
insert into pay_payment_order (id, payment_id, order_id, shop_id, amount_fen, state)
select id, id, order_id, shop_id, amount_fen,
  case when state in ('paid', 'refunding', 'refunded') then state else 'waiting' end
from pay_payment;

create index pay_payment_order_by_order on pay_payment_order (order_id);
-- R15: an order is paid once; money beyond that goes back.
create unique index pay_payment_order_paid on pay_payment_order (order_id) where state = 'paid';
create index pay_payment_order_due on pay_payment_order (id) where state = 'refunding';

drop index pay_payment_open;
drop index pay_payment_paid;
drop index pay_payment_unsettled;
alter table pay_payment
  drop constraint pay_payment_state_check,
  drop constraint pay_payment_check,
  -- Which orders at which amounts: a second click on the same ones continues the first payment.
  add column group_key text;
update pay_payment set group_key = order_id || ':' || amount_fen,
  state = case when state in ('refunding', 'refunded') then 'paid' else state end;
alter table pay_payment
  alter column group_key set not null,
  add check (state in ('pending', 'paid', 'closed')),
  add check ((state = 'paid') = (paid_at is not null)),
  drop column order_id,
  drop column shop_id;
create unique index pay_payment_open on pay_payment (group_key, channel) where state = 'pending';
create index pay_payment_unsettled on pay_payment (created_at) where state = 'pending';
