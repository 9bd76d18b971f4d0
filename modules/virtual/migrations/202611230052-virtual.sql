-- How a virtual SKU reaches its buyer.
create table virtual_rule (
  sku_id uuid primary key,
  product_id uuid not null,
  shop_id uuid not null,
  kind text not null check (kind in ('code', 'booking')),
  refund_rule text not null default '',
  cancel_hours integer not null default 24 check (cancel_hours between 0 and 720),
  created_at timestamptz(3) not null default now()
);
create index virtual_rule_by_shop on virtual_rule (shop_id, created_at desc, sku_id desc);

-- Places in time, counted by one conditional statement.
create table virtual_slot (
  id uuid primary key,
  sku_id uuid not null references virtual_rule,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  place text not null default '',
  capacity integer not null,
  taken integer not null default 0,
  constraint virtual_slot_bounds check (0 <= taken and taken <= capacity),
  constraint virtual_slot_times check (starts_at < ends_at)
);
create index virtual_slot_by_sku on virtual_slot (sku_id, starts_at, id);

-- A line of an order that delivers something; written when it is paid or booked, whichever is first.
create table virtual_line (
  line_id uuid primary key,
  order_id uuid not null,
  shop_id uuid not null,
  buyer_id uuid not null,
  sku_id uuid not null,
  quantity integer not null check (quantity > 0),
  state text not null check (state in ('unpaid', 'waiting', 'delivered', 'over')),
  slot_id uuid references virtual_slot,
  created_at timestamptz(3) not null default now(),
  delivered_at timestamptz(3)
);
create index virtual_line_by_order on virtual_line (order_id);
create index virtual_line_waiting on virtual_line (sku_id, created_at) where state = 'waiting';

-- Codes are stored sealed; the fingerprint tells whether one is known without opening any.
create table virtual_code (
  id uuid primary key default gen_random_uuid(),
  sequence bigint generated always as identity,
  sku_id uuid not null references virtual_rule,
  import_id uuid not null,
  sealed text not null,
  fingerprint text not null,
  state text not null default 'free' check (state in ('free', 'given', 'void')),
  line_id uuid references virtual_line,
  order_id uuid,
  imported_at timestamptz(3) not null default now(),
  given_at timestamptz(3),
  unique (sku_id, fingerprint),
  constraint virtual_code_given check ((state = 'given') = (line_id is not null))
);
create index virtual_code_free on virtual_code (sku_id, sequence) where state = 'free';
create index virtual_code_by_sku on virtual_code (sku_id, sequence desc);
create index virtual_code_by_line on virtual_code (line_id) where line_id is not null;
