-- When products go on and off the shelf by themselves.
create table schedule_time (
  product_id uuid primary key,
  shelve_at timestamptz(3),
  unshelve_at timestamptz(3),
  -- Why the last move did not happen: a code.
  problem text
);
create index schedule_time_to_shelve on schedule_time (shelve_at) where shelve_at is not null;
create index schedule_time_to_unshelve on schedule_time (unshelve_at)
  where unshelve_at is not null;

insert into schedule_time (product_id, shelve_at, unshelve_at, problem)
  select id, shelve_at, unshelve_at, schedule_problem from catalog_product
  where coalesce(shelve_at, unshelve_at) is not null or schedule_problem is not null;
alter table catalog_product
  drop column shelve_at,
  drop column unshelve_at,
  drop column schedule_problem;
