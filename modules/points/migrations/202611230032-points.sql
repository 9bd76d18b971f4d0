-- How the platform runs points 积分: one row.
create table points_setting (
  is_only         boolean primary key default true check (is_only),
  is_on           boolean not null default true,
  earned_per_yuan integer not null default 1 check (earned_per_yuan >= 0),
  points_per_yuan integer not null default 100 check (points_per_yuan > 0),
  share_max_bps   integer not null default 5000 check (share_max_bps between 0 and 10000),
  expiry          text not null default 'rolling',
  valid_days      integer not null default 365 check (valid_days > 0)
);
insert into points_setting default values;

-- The lock of a person's points, and their sum.
create table points_account (
  user_id uuid primary key,
  balance bigint not null default 0 check (balance >= 0)
);

-- What came together expires together; spending takes the soonest to expire first (R27).
create table points_lot (
  id          uuid primary key,
  user_id     uuid not null references points_account (user_id),
  -- The order that earned it.
  cause_id    uuid not null unique,
  points      bigint not null check (points > 0),
  left_points bigint not null,
  expires_at  timestamptz not null,
  check (left_points between 0 and points)
);
create index points_lot_open on points_lot (user_id, expires_at, id) where left_points > 0;
create index points_lot_due on points_lot (expires_at) where left_points > 0;

-- From which lots an order took, so that what comes back goes where it came from.
create table points_spend (
  order_id uuid not null,
  lot_id   uuid not null references points_lot (id),
  points   bigint not null check (points > 0),
  primary key (order_id, lot_id)
);

-- The log: append-only; a balance is the sum of its entries. The cause is the order, for `expire` the
-- lot.
create table points_entry (
  sequence      bigint generated always as identity primary key,
  id            uuid not null default gen_random_uuid(),
  user_id       uuid not null references points_account (user_id),
  reason        text not null,
  cause_id      uuid not null,
  delta         bigint not null check (delta <> 0),
  balance_after bigint not null check (balance_after >= 0),
  at            timestamptz not null default now()
);
create index points_entry_of_user on points_entry (user_id, sequence desc);
-- An order earns once. It may be refused, which gives back, and be placed again: once is then kept by
-- `points_spend`.
create unique index points_entry_earn on points_entry (cause_id) where reason = 'earn';

create function points_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log of points is append-only';
end $$;
create trigger points_entry_append_only before update or delete on points_entry
  for each row execute function points_refuse_change();
create trigger points_entry_no_truncate before truncate on points_entry
  for each statement execute function points_refuse_change();
