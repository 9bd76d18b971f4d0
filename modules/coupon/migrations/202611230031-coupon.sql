-- A kind of coupon 优惠券: its terms never change once it is made, only how many are issued and till when.
create table coupon_template (
  id             uuid primary key,
  shop_id        uuid,
  title          text not null,
  off_fen        bigint,
  off_bps        integer,
  off_max_fen    bigint,
  threshold_fen  bigint not null check (threshold_fen >= 0),
  scope          text not null,
  scope_ids      uuid[] not null default '{}',
  valid_from     timestamptz,
  valid_until    timestamptz,
  valid_days     integer,
  total_count    integer not null,
  per_person_max integer not null check (per_person_max > 0),
  claim_from     timestamptz not null,
  claim_until    timestamptz not null,
  stack_group    text not null,
  with_activity  boolean not null,
  code           text,
  is_stopped     boolean not null default false,
  issued_count   integer not null default 0,
  created_at     timestamptz not null default now(),
  constraint coupon_template_off check ((off_fen is null) <> (off_bps is null)),
  constraint coupon_template_validity
    check ((valid_days is null) <> (valid_from is null) and (valid_from is null) = (valid_until is null)),
  -- The last line of defence: never more than promised.
  constraint coupon_template_issued check (issued_count between 0 and total_count)
);

create unique index coupon_template_code on coupon_template (code) where code is not null;
create index coupon_template_of_shop on coupon_template (shop_id, created_at desc, id desc);
create index coupon_template_open on coupon_template (claim_until) where not is_stopped;

-- How many one person has claimed: the limit is kept by one conditional upsert.
create table coupon_claim (
  template_id   uuid not null references coupon_template (id),
  user_id       uuid not null,
  claimed_count integer not null check (claimed_count > 0),
  primary key (template_id, user_id)
);
create index coupon_claim_of_user on coupon_claim (user_id);

-- One copy in a buyer's hands: usable → locked by a checkout → used, or usable again. Expiry is read
-- off `valid_until`, so no job can be late with it.
create table coupon_copy (
  id          uuid primary key,
  template_id uuid not null references coupon_template (id),
  user_id     uuid not null,
  claimed_at  timestamptz not null default now(),
  valid_from  timestamptz not null,
  valid_until timestamptz not null,
  state       text not null default 'usable',
  checkout_id uuid,
  used_at     timestamptz,
  constraint coupon_copy_held check ((state = 'usable') = (checkout_id is null)),
  constraint coupon_copy_used check ((state = 'used') = (used_at is not null))
);
create index coupon_copy_of_user on coupon_copy (user_id, state, valid_until);
create index coupon_copy_of_template on coupon_copy (template_id, state);

-- What each order saved by which copy; a coupon of the platform may serve several orders of a checkout.
create table coupon_use (
  order_id uuid not null,
  copy_id  uuid not null references coupon_copy (id),
  off_fen  bigint not null,
  state    text not null default 'locked',
  primary key (order_id, copy_id)
);
create index coupon_use_of_copy on coupon_use (copy_id);
