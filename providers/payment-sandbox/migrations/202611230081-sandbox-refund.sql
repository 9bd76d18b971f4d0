-- Parts of a trade may go back, each once under the merchant's number.
create table sandbox_refund (
  trade_no   text not null references sandbox_trade on delete cascade,
  refund_no  text not null,
  amount_fen bigint not null check (amount_fen > 0),
  created_at timestamptz not null default now(),
  primary key (trade_no, refund_no)
);
alter table sandbox_trade add column refunded_fen bigint not null default 0
  check (refunded_fen between 0 and amount_fen);
update sandbox_trade set refunded_fen = amount_fen where state = 'refunded';
