-- A SKU lies on the shop's own shelf (pool of all zeros), and in one more pool for every activity
-- that was given a quota of it. What is sold never depends on anything but the level of its pool.
alter table stock_movement drop constraint stock_movement_sku_id_fkey;
alter table stock_level
  add pool_id uuid not null default '00000000-0000-0000-0000-000000000000',
  -- The activity is over: whatever comes free goes back to the shelf at once.
  add is_over boolean not null default false,
  drop constraint stock_level_pkey,
  add primary key (sku_id, pool_id);
create index stock_level_by_pool on stock_level (pool_id)
  where pool_id <> '00000000-0000-0000-0000-000000000000';

-- `allot` takes goods off the shelf into a pool, `return` takes them back: two movements with one
-- cause, which sum to nothing. The cause of `allot` is the pool, that of `return` its own id.
alter table stock_movement
  add pool_id uuid not null default '00000000-0000-0000-0000-000000000000',
  drop constraint stock_movement_reason_check,
  add check (reason in ('initial', 'adjust', 'hold', 'release', 'ship', 'allot', 'return'));
drop index stock_movement_once;
create unique index stock_movement_once on stock_movement (
  cause_id,
  sku_id,
  pool_id,
  (case when reason in ('release', 'ship') then 'end' else reason end)
);
