create table review_case (
  id uuid primary key,
  product_id uuid not null,
  shop_id uuid not null,
  title text not null,
  is_change boolean not null,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'withdrawn')),
  reason text not null default '',
  submitted_by uuid,
  submitted_at timestamptz(3) not null default now(),
  decided_by uuid,
  decided_at timestamptz(3)
);
-- A product is handed in once at a time.
create unique index review_case_open on review_case (product_id) where state = 'open';
create index review_case_by_state on review_case (state, submitted_at, id);
create index review_case_by_product on review_case (product_id, submitted_at desc, id desc);
