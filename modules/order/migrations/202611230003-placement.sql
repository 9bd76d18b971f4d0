-- How many pieces a person has taken of what everybody may take only so many of.
create table order_limit (
  limit_id uuid not null,
  buyer_id uuid not null,
  quantity integer not null check (quantity >= 0),
  primary key (limit_id, buyer_id)
);

-- Lines are written by the function that writes their order, and never without it: a foreign key
-- would look for the order again, line by line, at a third of the cost of an order.
alter table order_line
  drop constraint order_line_order_id_fkey,
  drop constraint order_line_order_id_sku_id_bundle_id_is_gift_key,
  add unique (order_id, position);

-- Places checkouts, each whole or not at all, first come, first served: decides and writes in one
-- round trip. `orders` and `lines` are what is written; the arrays are what is decided on, per
-- checkout. Answers { at, taken, short }: `taken` = checkouts with an order id that is in use;
-- `short` = what each refused checkout found too little of, a SKU or a limit.
create function order_place(
  orders json, lines json, told jsonb,
  order_ids uuid[], order_checkouts integer[],
  hold_checkouts integer[], hold_orders uuid[], hold_skus uuid[], hold_pools uuid[],
  hold_quantities integer[],
  limit_checkouts integer[], limit_ids uuid[], limit_buyers uuid[], limit_quantities integer[],
  limit_maxima integer[]
) returns json language plpgsql set plan_cache_mode = force_custom_plan as $$
declare
  instant timestamptz(3) := now();
  is_short boolean;
  taken integer[];
  short json;
  gone integer[];
  gone_ids uuid[] := '{}';
begin
  -- Locks are statements of their own: the next ones see what their former holders did. Stock comes
  -- before limits here and wherever both are touched.
  select exists (
    select from (
      select sku_id, pool_id, sum(quantity) as quantity
      from unnest(hold_skus, hold_pools, hold_quantities) as asked (sku_id, pool_id, quantity)
      group by sku_id, pool_id
    ) asked left join stock_lock(hold_skus, hold_pools) level using (sku_id, pool_id)
    where asked.quantity > coalesce(level.available, 0)
  ) into is_short;
  is_short := is_short or cardinality(limit_ids) > 0 and exists (
    select from (
      select limit_id, buyer_id, sum(quantity) as quantity, min(maximum) as maximum
      from unnest(limit_ids, limit_buyers, limit_quantities, limit_maxima)
        as asked (limit_id, buyer_id, quantity, maximum)
      group by limit_id, buyer_id
    ) asked left join order_lock(limit_ids, limit_buyers) so_far using (limit_id, buyer_id)
    where asked.quantity + coalesce(so_far.quantity, 0) > asked.maximum
  );
  select array_agg(distinct checkout) into taken
  from unnest(order_ids, order_checkouts) as asked (id, checkout) join order_header using (id);

  gone := coalesce(taken, '{}');
  if is_short then
    select decided.short, gone || decided.refused into short, gone from order_decide(gone,
      hold_checkouts, hold_skus, hold_pools, hold_quantities,
      limit_checkouts, limit_ids, limit_buyers, limit_quantities, limit_maxima) decided;
  end if;
  if cardinality(gone) > 0 then
    select coalesce(array_agg(id), '{}') into gone_ids
    from unnest(order_ids, order_checkouts) as asked (id, checkout) where checkout = any(gone);
    select array_agg(order_id), array_agg(sku_id), array_agg(pool_id), array_agg(quantity)
    into hold_orders, hold_skus, hold_pools, hold_quantities
    from unnest(hold_checkouts, hold_orders, hold_skus, hold_pools, hold_quantities)
      as asked (checkout, order_id, sku_id, pool_id, quantity) where checkout <> all(gone);
    select array_agg(limit_id), array_agg(buyer_id), array_agg(quantity), array_agg(maximum)
    into limit_ids, limit_buyers, limit_quantities, limit_maxima
    from unnest(limit_checkouts, limit_ids, limit_buyers, limit_quantities, limit_maxima)
      as asked (checkout, limit_id, buyer_id, quantity, maximum) where checkout <> all(gone);
    select jsonb_build_object('orders', coalesce(jsonb_agg(each), '[]')) into told
    from jsonb_array_elements(told -> 'orders') each
    where (each ->> 'orderId')::uuid <> all(gone_ids);
  end if;

  if cardinality(gone_ids) < cardinality(order_ids) then
    perform order_write(instant, orders, lines, gone_ids);
    perform stock_hold(hold_orders, hold_skus, hold_pools, hold_quantities);
    perform order_take(limit_ids, limit_buyers, limit_quantities, limit_maxima);
    perform outbox_publish('orders.placed', told);
  end if;
  return json_build_object('at', instant, 'taken', coalesce(taken, '{}'),
    'short', coalesce(short, '[]'));
end $$;

-- Which checkouts fit, one after the other, when not all of them do: one that does not fit leaves its
-- goods and limits to those after it. What there is of a level or a limit is a room.
create function order_decide(
  gone integer[],
  hold_checkouts integer[], hold_skus uuid[], hold_pools uuid[], hold_quantities integer[],
  limit_checkouts integer[], limit_ids uuid[], limit_buyers uuid[], limit_quantities integer[],
  limit_maxima integer[],
  out short json, out refused integer[]
) language plpgsql set plan_cache_mode = force_custom_plan as $$
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
      left join order_lock(limit_ids, limit_buyers) so_far using (limit_id, buyer_id)
      group by limit_id, buyer_id
    ) rooms
  ), ask as (
    select checkout, thing, owner, is_limit, sum(quantity)::integer as quantity from (
      select checkout, sku_id as thing, pool_id as owner, false as is_limit, quantity
      from unnest(hold_checkouts, hold_skus, hold_pools, hold_quantities)
        as asked (checkout, sku_id, pool_id, quantity)
      union all
      select checkout, limit_id, buyer_id, true, quantity
      from unnest(limit_checkouts, limit_ids, limit_buyers, limit_quantities)
        as asked (checkout, limit_id, buyer_id, quantity)
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

create function order_write(instant timestamptz, orders json, lines json, gone_ids uuid[])
returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  insert into order_header (id, number, request_hash, buyer_id, shop_id, checkout_id, state,
    items_fen, discount_fen, shipping_fen, payable_fen, receiver_sealed, note, source_kind,
    source_id, created_at, expires_at)
  select id, number, hash, buyer, shop, checkout, 'pending', items, discount, shipping, payable,
    receiver, coalesce(note, ''), source, source_id, instant, instant + pay_sec * interval '1 second'
  from json_to_recordset(orders) as asked (id uuid, number text, hash text, buyer uuid, shop uuid,
    checkout uuid, items bigint, discount bigint, shipping bigint, payable bigint, receiver text,
    note text, source text, source_id uuid, pay_sec integer)
  where id <> all(gone_ids)
  -- So that two groups that share ids do not wait for each other.
  order by id;
  insert into order_line (id, order_id, position, product_id, sku_id, title, spec, picture_url,
    list_price_fen, unit_price_fen, quantity, parts, payable_fen, is_gift, bundle_id, pool_id,
    limit_ids, version_id, take_rate_bps, is_virtual, may_return)
  select id, order_id, position, product, sku, title, spec, picture, list, unit, quantity,
    coalesce(parts, '[]'), payable, coalesce(gift, false), bundle,
    coalesce(pool, '00000000-0000-0000-0000-000000000000'), coalesce(limits, '{}'), version,
    coalesce(rate, 0), coalesce(virtual, false), coalesce(returnable, true)
  from json_to_recordset(lines) as asked (id uuid, order_id uuid, position integer, product uuid,
    sku uuid, title text, spec json, picture text, list bigint, unit bigint, quantity integer,
    parts json, payable bigint, gift boolean, bundle uuid, pool uuid, limits uuid[], version uuid,
    rate integer, virtual boolean, returnable boolean)
  where order_id <> all(gone_ids);
end $$;

-- Counts what buyers take. A person whose first order of a thing is placed by two processes at once
-- has no row that could have been locked: whoever comes second tries again.
create function order_take(
  limit_ids uuid[], buyer_ids uuid[], quantities integer[], maxima integer[]
) returns void language plpgsql set plan_cache_mode = force_custom_plan as $$
begin
  if coalesce(cardinality(limit_ids), 0) = 0 then return; end if;
  insert into order_limit as so_far (limit_id, buyer_id, quantity)
  select limit_id, buyer_id, sum(quantity)
  from unnest(limit_ids, buyer_ids, quantities) as asked (limit_id, buyer_id, quantity)
  group by limit_id, buyer_id order by limit_id, buyer_id
  on conflict (limit_id, buyer_id) do update set quantity = so_far.quantity + excluded.quantity;
  if exists (
    select from unnest(limit_ids, buyer_ids, maxima) as asked (limit_id, buyer_id, maximum)
    join order_limit so_far using (limit_id, buyer_id) where so_far.quantity > asked.maximum
  ) then
    raise exception 'a limit was taken meanwhile' using errcode = '40001';
  end if;
end $$;

-- How much buyers have taken of limits, which stays so until the transaction ends.
create function order_lock(limit_ids uuid[], buyer_ids uuid[])
returns table (limit_id uuid, buyer_id uuid, quantity integer)
language plpgsql set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
  select limit_id, buyer_id, quantity from order_limit
  where (limit_id, buyer_id) in (select * from unnest(limit_ids, buyer_ids))
  order by limit_id, buyer_id for update;
end $$;
