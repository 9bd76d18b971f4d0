-- Who came to a session: accounts, or browsers that are not signed in.
create table insight_viewer (
  live_id   uuid not null,
  person_id uuid not null,
  -- Wrote, voted, opened a product or put one into the cart.
  is_active boolean not null default false,
  primary key (live_id, person_id)
);

-- What people did with products: each person, product and minute once for each kind.
create table insight_signal (
  live_id    uuid not null,
  minute     timestamptz not null,
  product_id uuid not null,
  kind       text not null check (kind in ('click', 'cart')),
  person_id  uuid not null,
  primary key (live_id, minute, product_id, kind, person_id)
);

-- How many were connected, every five seconds; `at` is the beginning of the slot, so that several
-- processes write one row.
create table insight_sample (
  live_id      uuid not null,
  at           timestamptz not null,
  online_count integer not null check (online_count > 0),
  primary key (live_id, at)
);
