-- What a shop has of a SKU. Changed only together with a row of stock_movement.
create table stock_level (
  sku_id uuid primary key,
  product_id uuid not null,
  shop_id uuid not null,
  on_hand integer not null default 0,
  reserved integer not null default 0,
  -- The last line of defence: available (on_hand - reserved) never falls below zero.
  constraint stock_level_bounds check (0 <= reserved and reserved <= on_hand)
);

-- Every change of a level, in order. `cause_id` is what caused it: the order for hold, release and
-- ship; the request's own id for adjust; the SKU itself for initial.
create table stock_movement (
  sku_id uuid not null references stock_level,
  sequence bigint generated always as identity,
  id uuid not null default gen_random_uuid(),
  reason text not null check (reason in ('initial', 'adjust', 'hold', 'release', 'ship')),
  cause_id uuid not null,
  on_hand_delta integer not null,
  reserved_delta integer not null,
  on_hand_after integer not null,
  reserved_after integer not null,
  actor_id uuid,
  note text not null default '',
  at timestamptz not null default now(),
  primary key (sku_id, sequence),
  constraint stock_movement_shape check (
    case reason
      when 'hold' then on_hand_delta = 0 and reserved_delta > 0
      when 'release' then on_hand_delta = 0 and reserved_delta < 0
      when 'ship' then on_hand_delta < 0 and reserved_delta = on_hand_delta
      else reserved_delta = 0
    end
  )
);

-- A cause moves a SKU once. Release and ship are two ends of the same hold, so they share a key:
-- what was given back cannot leave, and what left cannot be given back.
create unique index stock_movement_once on stock_movement (
  cause_id,
  sku_id,
  (case when reason in ('release', 'ship') then 'end' else reason end)
);
