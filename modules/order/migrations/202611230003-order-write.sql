-- Lines are written by the function that writes their order, and never without it: a foreign key
-- would look for the order again, line by line, at a third of the cost of an order.
alter table order_line
  drop constraint order_line_order_id_fkey,
  drop constraint order_line_order_id_sku_id_bundle_id_is_gift_key,
  -- A line is only ever looked for in its order: one index serves both.
  drop constraint order_line_pkey,
  add primary key (order_id, position);

-- Half of a SHA-256 tells requests apart as surely, in 16 bytes.
alter table order_header alter request_hash type uuid using
  substr(encode(decode(rpad(translate(request_hash, '-_', '+/'), 44, '='), 'base64'), 'hex'), 1, 32)::uuid;

-- Digits need no language to be compared, and their beginnings are found by the index.
alter table order_header alter number type text collate "C";

-- Rising keys are appended to their shop or buyer, at the end of a page; falling ones split it.
drop index order_header_by_buyer;
drop index order_header_by_shop;
create index order_header_by_buyer on order_header (buyer_id, created_at, id);
create index order_header_by_shop on order_header (shop_id, created_at, id);

-- What placement asks of orders, in the middle of its own statements.

-- Those of these orders that are there.
create function order_known(order_ids uuid[]) returns table (id uuid, request_hash uuid)
language sql stable as $$
  select id, request_hash from order_header where id = any(order_ids)
$$;

-- Draws numbers that nobody else has; one that is not used is lost.
create function order_numbers(number_count integer) returns setof bigint language sql as $$
  select nextval('order_number') from generate_series(1, number_count)
$$;

-- What these orders took of limits.
create function order_taken(order_ids uuid[])
returns table (limit_id uuid, buyer_id uuid, quantity bigint) language sql stable as $$
  select limit_id, buyer_id, sum(quantity)
  from order_line line
  join order_header header on header.id = line.order_id
  cross join unnest(limit_ids) as limit_id
  where order_id = any(order_ids)
  group by limit_id, buyer_id
$$;

-- Writes orders of which none is there yet. Arrays are columns: of orders, of goods (what lines of the
-- same page share) and of lines, which name their order and their goods by place.
create function order_write(
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
  line_limits text[]
) returns void language plpgsql as $$
begin
  insert into order_header (id, number, request_hash, buyer_id, shop_id, checkout_id, state,
    items_fen, discount_fen, shipping_fen, payable_fen, receiver_sealed, note, source_kind,
    source_id, created_at, expires_at)
  select order_ids[at], numbers[at], hashes[at], buyers[at], shops[at], checkout_ids[at], 'pending',
    items[at], discounts[at], shippings[at], items[at] + shippings[at], receivers[at], notes[at],
    sources[at], source_ids[at], now(), now() + pay_sec * interval '1 second'
  from generate_subscripts(order_ids, 1) at
  -- So that two groups that share ids do not wait for each other.
  order by order_ids[at];

  insert into order_line (id, order_id, position, product_id, sku_id, title, spec, picture_url,
    list_price_fen, unit_price_fen, quantity, parts, payable_fen, is_gift, bundle_id, pool_id,
    limit_ids, version_id, take_rate_bps, is_virtual, may_return)
  select line_ids[at], order_ids[line_orders[at]], line_positions[at], goods_products[goods],
    goods_skus[goods], goods_titles[goods], goods_specs[goods]::json, goods_pictures[goods],
    line_lists[at], line_units[at], line_quantities[at], coalesce(line_parts[at], '[]')::json,
    line_payables[at], coalesce(line_gifts[at], false), line_bundles[at],
    coalesce(line_pools[at], '00000000-0000-0000-0000-000000000000'),
    coalesce(line_limits[at], '{}')::uuid[], goods_versions[goods], goods_rates[goods],
    goods_virtual[goods], goods_returnable[goods]
  from (
    select at, line_goods[at] as goods from generate_subscripts(line_ids, 1) at
  ) line;
end $$;
