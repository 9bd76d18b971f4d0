-- These functions plan once for each connection, which for arrays of any size means: by index.

-- What is left of these levels, which stay as they are until the transaction ends. Locked in id
-- order, so that no two transactions wait for each other.
create function stock_lock(sku_ids uuid[], pool_ids uuid[])
returns table (sku_id uuid, pool_id uuid, available integer)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
begin
  return query
  select level.sku_id, level.pool_id, level.on_hand - level.reserved
  from (select distinct * from unnest(sku_ids, pool_ids) as each (sku_id, pool_id)) asked
  join stock_level level using (sku_id, pool_id)
  order by sku_id, pool_id for update of level;
end $$;

-- Reserves goods that the caller has locked and found to be enough, for orders that hold nothing yet:
-- movements and levels in one statement, as everywhere, and the news of them.
create function stock_hold(order_ids uuid[], sku_ids uuid[], pool_ids uuid[], quantities integer[])
returns void language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  news integer;
begin
  with asked as (
    select * from unnest(order_ids, sku_ids, pool_ids, quantities) with ordinality
      as asked (order_id, sku_id, pool_id, quantity, position)
  ), total as (
    select sku_id, pool_id, sum(quantity)::integer as quantity from asked group by sku_id, pool_id
  ), changed as (
    update stock_level level set reserved = level.reserved + total.quantity
    from total where total.sku_id = level.sku_id and total.pool_id = level.pool_id
    returning level.*, total.quantity as held
  ), logged as (
    insert into stock_movement (sku_id, pool_id, reason, cause_id, on_hand_delta, reserved_delta,
      on_hand_after, reserved_after)
    select asked.sku_id, asked.pool_id, 'hold', asked.order_id, 0, asked.quantity, changed.on_hand,
      changed.reserved - changed.held + sum(asked.quantity) over so_far
    from asked join changed using (sku_id, pool_id)
    window so_far as (partition by asked.sku_id, asked.pool_id order by asked.position)
  ), told as (
    select outbox_publish('stock.changed', jsonb_build_object('shopId', shop_id, 'levels',
      jsonb_agg(jsonb_build_object('skuId', sku_id, 'productId', product_id,
        'available', on_hand - reserved))))
    from changed where pool_id = '00000000-0000-0000-0000-000000000000' group by shop_id
  ), sold_out as (
    select outbox_publish('stock.pool_changed', jsonb_build_object('shopId', shop_id, 'poolIds',
      jsonb_agg(distinct pool_id)))
    from changed where on_hand = reserved
      and pool_id <> '00000000-0000-0000-0000-000000000000' group by shop_id
  )
  select count(*) into news from (select from told union all select from sold_out) told_of;
end $$;
