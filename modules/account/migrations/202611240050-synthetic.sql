-- People of `kaibo crowd`. Their ids say so already; the column says it to whoever reads the tables.
alter table account_user add column is_synthetic boolean not null
  generated always as (id >= 'ffffffff-ffff-8000-0000-000000000000') stored;
create index account_user_synthetic on account_user (id) where is_synthetic;
