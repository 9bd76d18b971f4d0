-- Lines are written by the function that writes their order, and never without it: a foreign key
-- would look for the order again, line by line, at a third of the cost of an order.
alter table order_line
  drop constraint order_line_order_id_fkey,
  drop constraint order_line_order_id_sku_id_bundle_id_is_gift_key,
  -- A line is only ever looked for in its order: one index serves both.
  drop constraint order_line_pkey,
  add primary key (order_id, position);

-- Rising keys are appended to their shop or buyer, at the end of a page; falling ones split it.
drop index order_header_by_buyer;
drop index order_header_by_shop;
create index order_header_by_buyer on order_header (buyer_id, created_at, id);
create index order_header_by_shop on order_header (shop_id, created_at, id);

-- What placement asks of orders, in the middle of its own statements.

-- Those of these orders that are there.
create function order_known(order_ids uuid[]) returns table (id uuid, request_hash text)
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

-- Writes orders of which none is there yet; those of checkouts that are `gone` stay away. Arrays are
-- columns. Plans once for each connection, which for arrays of any size means: by index.
create function order_write(
  instant timestamptz, due timestamptz, gone integer[],
  order_ids uuid[], order_checkouts integer[], numbers text[], hashes text[], buyers uuid[],
  shops uuid[], checkout_ids uuid[], items bigint[], discounts bigint[], shippings bigint[],
  receivers text[], notes text[], sources text[], source_ids uuid[]
) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  insert into order_header (id, number, request_hash, buyer_id, shop_id, checkout_id, state,
    items_fen, discount_fen, shipping_fen, payable_fen, receiver_sealed, note, source_kind,
    source_id, created_at, expires_at)
  select id, number, hash, buyer, shop, checkout_id, 'pending', item, discount, shipping,
    item + shipping, receiver, note, source, source_id, instant, due
  from unnest(order_ids, order_checkouts, numbers, hashes, buyers, shops, checkout_ids, items,
      discounts, shippings, receivers, notes, sources, source_ids)
    as asked (id, checkout, number, hash, buyer, shop, checkout_id, item, discount, shipping,
      receiver, note, source, source_id)
  where checkout <> all(gone)
  -- So that two groups that share ids do not wait for each other.
  order by id;
end $$;

create function order_write_lines(
  gone integer[], order_ids uuid[], order_checkouts integer[],
  goods_skus uuid[], goods_products uuid[], goods_titles text[], goods_specs text[],
  goods_pictures text[], goods_versions uuid[], goods_virtual boolean[], goods_returnable boolean[],
  goods_rates integer[],
  line_ids uuid[], line_orders integer[], line_positions integer[], line_goods integer[],
  line_lists bigint[], line_units bigint[], line_quantities integer[], line_payables bigint[],
  line_parts text[], line_gifts boolean[], line_bundles uuid[], line_pools uuid[],
  line_limits text[]
) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  insert into order_line (id, order_id, position, product_id, sku_id, title, spec, picture_url,
    list_price_fen, unit_price_fen, quantity, parts, payable_fen, is_gift, bundle_id, pool_id,
    limit_ids, version_id, take_rate_bps, is_virtual, may_return)
  select line.id, order_ids[line.place], line.position, goods.product, goods.sku, goods.title,
    goods.spec::json, goods.picture, line.list, line.unit, line.quantity,
    coalesce(line.parts, '[]')::json, line.payable, coalesce(line.gift, false), line.bundle,
    coalesce(line.pool, '00000000-0000-0000-0000-000000000000'),
    coalesce(line.limits, '{}')::uuid[], goods.version, goods.rate, goods.virtual,
    goods.returnable
  from unnest(line_ids, line_orders, line_positions, line_goods, line_lists, line_units,
      line_quantities, line_payables, line_parts, line_gifts, line_bundles, line_pools, line_limits)
    as line (id, place, position, good, list, unit, quantity, payable, parts, gift, bundle, pool,
      limits)
  join unnest(goods_skus, goods_products, goods_titles, goods_specs, goods_pictures, goods_versions,
      goods_virtual, goods_returnable, goods_rates) with ordinality
    as goods (sku, product, title, spec, picture, version, virtual, returnable, rate, place)
    on goods.place = line.good
  where order_checkouts[line.place] <> all(gone);
end $$;
