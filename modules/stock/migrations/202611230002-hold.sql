-- What placement asks of stock, in the middle of its own statements. Levels are named by place in
-- arrays that the caller has put in order, so that no two transactions wait for each other.

-- Room to change a level where it stands.
alter table stock_level set (fillfactor = 70);

-- Whether there is so much of each level, as far as one can see: nothing is locked.
create function stock_is_enough(level_skus uuid[], level_pools uuid[], level_quantities integer[])
returns boolean language plpgsql stable as $$
begin
  return not exists (
    select from generate_subscripts(level_skus, 1) place
    left join stock_level on sku_id = level_skus[place] and pool_id = level_pools[place]
    where level_quantities[place] > coalesce(on_hand - reserved, 0)
  );
end $$;

-- What is left of each level, in their order; nothing of one that does not exist.
create function stock_available(level_skus uuid[], level_pools uuid[])
returns integer[] language plpgsql stable as $$
begin
  return array(
    select coalesce(on_hand - reserved, 0) from generate_subscripts(level_skus, 1) place
    left join stock_level on sku_id = level_skus[place] and pool_id = level_pools[place]
    order by place
  );
end $$;

-- Reserves goods for orders that hold nothing yet: levels first, then a movement each, as everywhere,
-- and the news of them. `sums` is what the orders up to this one take of their level. Answers false
-- when there is not enough; then the caller must roll back.
create function stock_hold(
  level_skus uuid[], level_pools uuid[], level_quantities integer[],
  order_ids uuid[], levels integer[], quantities integer[], sums integer[]
) returns boolean language plpgsql as $$
declare
  shelf constant uuid := '00000000-0000-0000-0000-000000000000';
  on_hands integer[];
  befores integer[];
  news integer;
begin
  with changed as (
    -- Row by row in the caller's order: its settings leave no other plan.
    update stock_level level set reserved = reserved + level_quantities[place]
    from generate_subscripts(level_skus, 1) place
    where sku_id = level_skus[place] and pool_id = level_pools[place]
      and on_hand - reserved >= level_quantities[place]
    returning place, level.*
  ), told as (
    select outbox_publish('stock.changed', jsonb_build_object('shopId', shop_id, 'levels',
      jsonb_agg(jsonb_build_object('skuId', sku_id, 'productId', product_id,
        'available', on_hand - reserved))))
    from changed where pool_id = shelf group by shop_id
  ), sold_out as (
    select outbox_publish('stock.pool_changed', jsonb_build_object('shopId', shop_id, 'poolIds',
      jsonb_agg(distinct pool_id)))
    from changed where on_hand = reserved and pool_id <> shelf group by shop_id
  )
  select array_agg(on_hand order by place),
    array_agg(reserved - level_quantities[place] order by place),
    (select count(*) from (select from told union all select from sold_out) told_of)
  into on_hands, befores, news from changed;
  if cardinality(on_hands) is distinct from cardinality(level_skus) then return false; end if;

  insert into stock_movement (sku_id, pool_id, reason, cause_id, on_hand_delta, reserved_delta,
    on_hand_after, reserved_after)
  select level_skus[levels[at]], level_pools[levels[at]], 'hold', order_ids[at], 0, quantities[at],
    on_hands[levels[at]], befores[levels[at]] + sums[at]
  from generate_subscripts(levels, 1) at;
  return true;
end $$;
