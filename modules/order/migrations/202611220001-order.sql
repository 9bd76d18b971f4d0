-- Orders are numbered by one sequence, so that any number of processes may place them.
create sequence order_number as bigint;

create table order_header (
  id uuid primary key,
  number text not null unique,
  -- SHA-256 of what was asked: tells a repeated request from another one under the same id.
  request_hash text not null,
  buyer_id uuid not null,
  shop_id uuid not null,
  state text not null check (state in ('pending', 'paid', 'shipped', 'completed', 'closed')),
  close_reason text check (close_reason in ('buyer', 'timeout')),
  items_fen bigint not null check (items_fen >= 0),
  shipping_fen bigint not null check (shipping_fen >= 0),
  payable_fen bigint not null check (payable_fen > 0),
  receiver_sealed text not null,
  note text not null,
  source_kind text not null check (source_kind in ('live', 'shop')),
  source_id uuid,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  paid_at timestamptz(3),
  shipped_at timestamptz(3),
  completed_at timestamptz(3),
  closed_at timestamptz(3),
  constraint order_header_total check (payable_fen <= items_fen + shipping_fen),
  constraint order_header_instants check (
    (state in ('paid', 'shipped', 'completed')) = (paid_at is not null)
    and (state in ('shipped', 'completed')) = (shipped_at is not null)
    and (state = 'completed') = (completed_at is not null)
    and (state = 'closed') = (closed_at is not null)
    and (state = 'closed') = (close_reason is not null)
  )
);
create index order_header_by_buyer on order_header (buyer_id, created_at desc, id desc);
create index order_header_by_shop on order_header (shop_id, created_at desc, id desc);
create index order_header_due on order_header (expires_at) where state = 'pending';
create index order_header_by_source on order_header (source_kind, source_id)
  where paid_at is not null;

-- The snapshot of what was bought: later changes of the product do not touch it.
create table order_line (
  id uuid primary key,
  order_id uuid not null references order_header on delete cascade,
  position integer not null,
  product_id uuid not null,
  sku_id uuid not null,
  title text not null,
  spec json not null,
  picture_url text,
  unit_price_fen bigint not null check (unit_price_fen >= 0),
  quantity integer not null check (quantity > 0),
  payable_fen bigint not null check (payable_fen between 0 and unit_price_fen * quantity),
  unique (order_id, sku_id)
);
