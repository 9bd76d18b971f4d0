-- How many pieces a person has taken of what everybody may take only so many of.
create table placement_limit (
  limit_id uuid not null,
  buyer_id uuid not null,
  quantity integer not null check (quantity >= 0),
  primary key (limit_id, buyer_id)
-- Room to change a count where it stands.
) with (fillfactor = 70);

-- Places orders, all or none, in one round trip. Arrays are columns: of orders, of goods, of lines
-- (see `order_write`), of levels with what all orders take of each (see `stock_hold`), and of limits
-- in the order of their keys. Answers when it was, or null when there is not enough for all. What
-- others are changing at this moment is waited for at the end: until then they may do their work.
create function placement_place(
  pay_sec integer,
  order_ids uuid[], numbers text[], hashes uuid[], buyers uuid[], shops uuid[], checkout_ids uuid[],
  items bigint[], discounts bigint[], shippings bigint[],
  receivers text[], notes text[], sources text[], source_ids uuid[],
  goods_skus uuid[], goods_products uuid[], goods_titles text[], goods_specs text[],
  goods_pictures text[], goods_versions uuid[], goods_virtual boolean[], goods_returnable boolean[],
  goods_rates integer[],
  line_ids uuid[], line_orders integer[], line_positions integer[], line_goods integer[],
  line_lists bigint[], line_units bigint[], line_quantities integer[], line_payables bigint[],
  line_parts text[], line_gifts boolean[], line_bundles uuid[], line_pools uuid[],
  line_limits text[],
  level_skus uuid[], level_pools uuid[], level_quantities integer[],
  hold_orders uuid[], hold_levels integer[], hold_quantities integer[], hold_sums integer[],
  limit_ids uuid[], limit_buyers uuid[], limit_quantities integer[], limit_maxima integer[]
) returns timestamptz language plpgsql as $$
begin
  if not stock_is_enough(level_skus, level_pools, level_quantities) then return null; end if;
  if cardinality(limit_ids) > 0 then
    begin
      perform placement_take(limit_ids, limit_buyers, limit_quantities, limit_maxima);
    exception when sqlstate 'KB001' then
      return null;
    end;
  end if;
  perform order_write(pay_sec, order_ids, numbers, hashes, buyers, shops, checkout_ids, items,
    discounts, shippings, receivers, notes, sources, source_ids,
    goods_skus, goods_products, goods_titles, goods_specs, goods_pictures, goods_versions,
    goods_virtual, goods_returnable, goods_rates,
    line_ids, line_orders, line_positions, line_goods, line_lists, line_units, line_quantities,
    line_payables, line_parts, line_gifts, line_bundles, line_pools, line_limits);
  perform outbox_publish('orders.placed', jsonb_build_object(
    'orderIds', order_ids, 'buyerIds', buyers, 'shopIds', shops));
  if not stock_hold(level_skus, level_pools, level_quantities, hold_orders, hold_levels,
    hold_quantities, hold_sums) then
    raise exception 'not enough any more' using errcode = 'KB001';
  end if;
  return now()::timestamptz(3);
end $$;

-- Counts what buyers take, and says when it is too much: then nothing of it stays.
create function placement_take(
  limit_ids uuid[], buyer_ids uuid[], quantities integer[], maxima integer[]
) returns void language plpgsql as $$
declare
  counts integer[];
begin
  with taken as (
    insert into placement_limit as so_far (limit_id, buyer_id, quantity)
    select limit_ids[at], buyer_ids[at], quantities[at] from generate_subscripts(limit_ids, 1) at
    on conflict (limit_id, buyer_id) do update set quantity = so_far.quantity + excluded.quantity
    returning quantity
  )
  -- Rows come back in the order in which they were written.
  select array_agg(quantity) into counts from taken;
  if exists (select from generate_subscripts(counts, 1) at where counts[at] > maxima[at]) then
    raise exception 'over a limit' using errcode = 'KB001';
  end if;
end $$;

-- How much buyers have taken of limits, in their order.
create function placement_taken(limit_ids uuid[], buyer_ids uuid[])
returns integer[] language plpgsql stable as $$
begin
  return array(
    select coalesce(quantity, 0) from generate_subscripts(limit_ids, 1) at
    left join placement_limit on limit_id = limit_ids[at] and buyer_id = buyer_ids[at]
    order by at
  );
end $$;
