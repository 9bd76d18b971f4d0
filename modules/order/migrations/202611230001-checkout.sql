-- Orders of several shops are placed and paid together: a checkout is named after its first order.
alter table order_header
  add checkout_id uuid,
  add discount_fen bigint not null default 0 check (discount_fen >= 0),
  add merchant_note text not null default '',
  add receipt_due_at timestamptz(3),
  -- Null when nothing is sent.
  alter receiver_sealed drop not null,
  drop constraint order_header_state_check,
  drop constraint order_header_close_reason_check,
  drop constraint order_header_source_kind_check,
  drop constraint order_header_total,
  drop constraint order_header_instants;
update order_header set checkout_id = id;
alter table order_header
  alter checkout_id set not null,
  add check (state in ('pending', 'paid', 'part_shipped', 'shipped', 'completed', 'closed')),
  add check (close_reason in ('buyer', 'merchant', 'timeout')),
  add check (source_kind in ('live', 'link', 'shop', 'video')),
  add constraint order_header_total check (payable_fen = items_fen + shipping_fen),
  add constraint order_header_instants check (
    case state
      when 'pending' then paid_at is null
      when 'closed' then true
      else paid_at is not null
    end
    and case
      when state in ('shipped', 'completed') then shipped_at is not null
      when state = 'part_shipped' then true
      else shipped_at is null
    end
    and (state = 'completed') = (completed_at is not null)
    and (state = 'closed') = (closed_at is not null)
    and (state = 'closed') = (close_reason is not null)
  );
-- Most checkouts are one order, found by its own id: only the others need an entry.
create index order_header_by_checkout on order_header (checkout_id) where checkout_id <> id;

alter table order_line
  -- One on the shelf; the unit price is what is left of it after activity or member price.
  add list_price_fen bigint,
  -- Why it costs less than on the shelf: [{ kind, offerId, title, offFen }].
  add parts json not null default '[]',
  add is_gift boolean not null default false,
  add bundle_id uuid,
  -- Where its goods are held; all zeros is the shop's own shelf.
  add pool_id uuid not null default '00000000-0000-0000-0000-000000000000',
  -- The per-person limits it counts for.
  add limit_ids uuid[] not null default '{}',
  -- The page as it was bought.
  add version_id uuid,
  add take_rate_bps integer not null default 0 check (take_rate_bps between 0 and 10000),
  add is_virtual boolean not null default false,
  add may_return boolean not null default true,
  add shipped_quantity integer not null default 0,
  add constraint order_line_shipped check (shipped_quantity between 0 and quantity);
update order_line set list_price_fen = unit_price_fen;
-- The same SKU may stand in a bundle, as a gift and alone.
alter table order_line
  alter list_price_fen set not null,
  drop constraint order_line_order_id_sku_id_key,
  drop constraint order_line_check,
  add constraint order_line_price check (
    unit_price_fen <= list_price_fen and payable_fen between 0 and unit_price_fen * quantity),
  add unique nulls not distinct (order_id, sku_id, bundle_id, is_gift);
