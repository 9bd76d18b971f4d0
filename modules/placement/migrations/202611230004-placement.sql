-- How many pieces a person has taken of what everybody may take only so many of.
create table placement_limit (
  limit_id uuid not null,
  buyer_id uuid not null,
  quantity integer not null check (quantity >= 0),
  primary key (limit_id, buyer_id)
-- Room to change a count where it stands.
) with (fillfactor = 70);

-- The functions below plan once for each connection, which for arrays of any size means: by index.

-- Places checkouts, each whole or not at all, first come, first served: decides and writes in one
-- round trip. Arrays are columns: of orders, of goods (what lines of the same page share), of lines
-- and of what is decided on, the goods to be held and the limits that count; a line names its order
-- and its goods by place, an order its checkout. Answers { at, taken, short }: `taken` = checkouts
-- with an order id that is in use; `short` = what each refused checkout found too little of, a SKU or
-- a limit.
create function placement_place(
  pay_sec integer, told jsonb,
  order_ids uuid[], order_checkouts integer[], numbers text[], hashes text[], buyers uuid[],
  shops uuid[], checkout_ids uuid[], items bigint[], discounts bigint[], shippings bigint[],
  receivers text[], notes text[], sources text[], source_ids uuid[],
  goods_skus uuid[], goods_products uuid[], goods_titles text[], goods_specs text[],
  goods_pictures text[], goods_versions uuid[], goods_virtual boolean[], goods_returnable boolean[],
  goods_rates integer[],
  line_ids uuid[], line_orders integer[], line_positions integer[], line_goods integer[],
  line_lists bigint[], line_units bigint[], line_quantities integer[], line_payables bigint[],
  line_parts text[], line_gifts boolean[], line_bundles uuid[], line_pools uuid[],
  line_limits text[],
  hold_orders integer[], hold_skus uuid[], hold_pools uuid[], hold_quantities integer[],
  limit_orders integer[], limit_ids uuid[], limit_buyers uuid[], limit_quantities integer[],
  limit_maxima integer[]
) returns json language plpgsql as $$
declare
  instant timestamptz(3) := now();
  gone integer[] := '{}';
  taken integer[];
  short json;
begin
  -- Mostly there is enough for all and every id is new: write first, and look closer only when not.
  for attempt in 1 .. 2 loop
    begin
      if attempt = 1 then
        if not placement_is_enough(hold_skus, hold_pools, hold_quantities) then
          raise exception using errcode = 'KB001';
        end if;
      else
        select array_agg(distinct checkout) into taken
        from unnest(order_ids, order_checkouts) as asked (id, checkout)
        join order_known(order_ids) known using (id);
        select decided.short, coalesce(taken, '{}') || decided.refused into short, gone
        from placement_decide(coalesce(taken, '{}'), order_checkouts, hold_orders, hold_skus,
          hold_pools, hold_quantities, limit_orders, limit_ids, limit_buyers, limit_quantities,
          limit_maxima) decided;
        select array_agg(place), array_agg(sku_id), array_agg(pool_id), array_agg(quantity)
        into hold_orders, hold_skus, hold_pools, hold_quantities
        from unnest(hold_orders, hold_skus, hold_pools, hold_quantities)
          as asked (place, sku_id, pool_id, quantity) where order_checkouts[place] <> all(gone);
        select array_agg(limit_id), array_agg(buyer_id), array_agg(quantity), array_agg(maximum)
        into limit_ids, limit_buyers, limit_quantities, limit_maxima
        from unnest(limit_orders, limit_ids, limit_buyers, limit_quantities, limit_maxima)
          as asked (place, limit_id, buyer_id, quantity, maximum)
        where order_checkouts[place] <> all(gone);
        select jsonb_build_object('orders', coalesce(jsonb_agg(each), '[]')) into told
        from jsonb_array_elements(told -> 'orders') with ordinality as news (each, place)
        where order_checkouts[place] <> all(gone);
        exit when jsonb_array_length(told -> 'orders') = 0;
      end if;
      perform placement_take(limit_ids, limit_buyers, limit_quantities, limit_maxima);
      perform order_write(instant, instant + pay_sec * interval '1 second', gone,
        order_ids, order_checkouts, numbers, hashes, buyers, shops, checkout_ids, items, discounts,
        shippings, receivers, notes, sources, source_ids);
      perform order_write_lines(gone, order_ids, order_checkouts,
        goods_skus, goods_products, goods_titles, goods_specs, goods_pictures, goods_versions,
        goods_virtual, goods_returnable, goods_rates,
        line_ids, line_orders, line_positions, line_goods, line_lists, line_units,
        line_quantities, line_payables, line_parts, line_gifts, line_bundles, line_pools,
        line_limits);
      perform stock_hold(array(select order_ids[place]
        from unnest(hold_orders) with ordinality as held (place, at) order by at),
        hold_skus, hold_pools, hold_quantities);
      perform outbox_publish('orders.placed', told);
      exit;
    exception
      when sqlstate 'KB001' or unique_violation then
        if attempt = 2 then
          -- Somebody was faster between the look and the writing: whoever asked tries again.
          raise exception 'ids or limits were taken meanwhile' using errcode = '40001';
        end if;
    end;
  end loop;
  return json_build_object('at', instant, 'taken', coalesce(taken, '{}'),
    'short', coalesce(short, '[]'));
end $$;

-- Whether all of this can be held at once. Locks what it looks at, in a statement of its own: the
-- next ones see what former holders did. Stock comes before limits wherever both are touched.
create function placement_is_enough(hold_skus uuid[], hold_pools uuid[], hold_quantities integer[])
returns boolean language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  return not exists (
    select from (
      select sku_id, pool_id, sum(quantity) as quantity
      from unnest(hold_skus, hold_pools, hold_quantities) as asked (sku_id, pool_id, quantity)
      group by sku_id, pool_id
    ) asked left join stock_lock(hold_skus, hold_pools) level using (sku_id, pool_id)
    where asked.quantity > coalesce(level.available, 0)
  );
end $$;

-- Which checkouts fit, one after the other, when not all of them do: one that does not fit leaves its
-- goods and limits to those after it. What there is of a level or a limit is a room.
create function placement_decide(
  gone integer[], order_checkouts integer[],
  hold_orders integer[], hold_skus uuid[], hold_pools uuid[], hold_quantities integer[],
  limit_orders integer[], limit_ids uuid[], limit_buyers uuid[], limit_quantities integer[],
  limit_maxima integer[],
  out short json, out refused integer[]
) language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  spaces integer[];
  checkouts integer[];
  rooms integer[];
  quantities integer[];
  things uuid[];
  limits boolean[];
  short_checkouts integer[] := '{}';
  short_things uuid[] := '{}';
  short_limits boolean[] := '{}';
  first integer := 1;
  next integer;
  fits boolean;
begin
  with room as (
    select row_number() over () as number, * from (
      select sku_id as thing, pool_id as owner, available as space
      from stock_lock(hold_skus, hold_pools)
      union all
      select limit_id, buyer_id, min(maximum) - coalesce(min(so_far.quantity), 0)
      from unnest(limit_ids, limit_buyers, limit_maxima) as asked (limit_id, buyer_id, maximum)
      left join placement_lock(limit_ids, limit_buyers) so_far using (limit_id, buyer_id)
      group by limit_id, buyer_id
    ) rooms
  ), ask as (
    select checkout, thing, owner, is_limit, sum(quantity)::integer as quantity from (
      select order_checkouts[place] as checkout, sku_id as thing, pool_id as owner,
        false as is_limit, quantity
      from unnest(hold_orders, hold_skus, hold_pools, hold_quantities)
        as asked (place, sku_id, pool_id, quantity)
      union all
      select order_checkouts[place], limit_id, buyer_id, true, quantity
      from unnest(limit_orders, limit_ids, limit_buyers, limit_quantities)
        as asked (place, limit_id, buyer_id, quantity)
    ) asks
    where checkout <> all(gone)
    group by checkout, thing, owner, is_limit
  ), numbered as (
    select checkout, thing, is_limit, quantity, coalesce(room.number, 0)::integer as room
    from ask left join room using (thing, owner) order by checkout
  )
  select (select array_agg(space order by number) from room), array_agg(checkout),
    array_agg(thing), array_agg(is_limit), array_agg(quantity), array_agg(room)
  into spaces, checkouts, things, limits, quantities, rooms
  from numbered;

  refused := '{}';
  while first <= cardinality(checkouts) loop
    fits := true;
    next := first;
    while checkouts[next] = checkouts[first] loop
      if quantities[next] > coalesce(spaces[rooms[next]], 0) then
        fits := false;
        short_checkouts := short_checkouts || checkouts[next];
        short_things := short_things || things[next];
        short_limits := short_limits || limits[next];
      end if;
      next := next + 1;
    end loop;
    if fits then
      for ask in first .. next - 1 loop
        spaces[rooms[ask]] := spaces[rooms[ask]] - quantities[ask];
      end loop;
    else
      refused := refused || checkouts[first];
    end if;
    first := next;
  end loop;
  select json_agg(json_build_object('checkout', checkout, 'id', thing, 'isLimit', is_limit))
  into short from unnest(short_checkouts, short_things, short_limits)
    as refusal (checkout, thing, is_limit);
end $$;

-- Counts what buyers take, and says when it is too much: then nothing of the attempt stays.
create function placement_take(
  limit_ids uuid[], buyer_ids uuid[], quantities integer[], maxima integer[]
) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  is_over boolean;
begin
  if coalesce(cardinality(limit_ids), 0) = 0 then return; end if;
  with asked as (
    select limit_id, buyer_id, sum(quantity) as quantity, min(maximum) as maximum
    from unnest(limit_ids, buyer_ids, quantities, maxima)
      as asked (limit_id, buyer_id, quantity, maximum)
    group by limit_id, buyer_id
  ), taken as (
    insert into placement_limit as so_far (limit_id, buyer_id, quantity)
    select limit_id, buyer_id, quantity from asked order by limit_id, buyer_id
    on conflict (limit_id, buyer_id) do update set quantity = so_far.quantity + excluded.quantity
    returning limit_id, buyer_id, quantity
  )
  select exists (
    select from taken join asked using (limit_id, buyer_id) where taken.quantity > asked.maximum
  ) into is_over;
  if is_over then raise exception using errcode = 'KB001'; end if;
end $$;

-- How much buyers have taken of limits, which stays so until the transaction ends.
create function placement_lock(limit_ids uuid[], buyer_ids uuid[])
returns table (limit_id uuid, buyer_id uuid, quantity integer)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
begin
  return query
  select so_far.limit_id, so_far.buyer_id, so_far.quantity
  from (select distinct * from unnest(limit_ids, buyer_ids) as each (limit_id, buyer_id)) asked
  join placement_limit so_far using (limit_id, buyer_id)
  order by limit_id, buyer_id for update of so_far;
end $$;
