-- A sheet that was read: what it would do, and how far it is.
create table productsheet_import (
  id uuid primary key,
  shop_id uuid not null,
  created_by uuid not null,
  -- SHA-256 of the file: tells a repeated upload from another one under the same id.
  content_hash text not null,
  state text not null check (state in ('checked', 'applying', 'done')),
  picture_file_id uuid,
  created_at timestamptz(3) not null default now(),
  -- Whoever writes its products now has until then; after a crash another one goes on.
  lease_until timestamptz(3)
);
create index productsheet_import_applying on productsheet_import (lease_until)
  where state = 'applying';

-- One product of a sheet with all of its rows.
create table productsheet_product (
  import_id uuid not null references productsheet_import on delete cascade,
  position integer not null,
  code text not null,
  -- Its first row in the sheet.
  row integer not null,
  is_new boolean not null,
  lacks_picture boolean not null,
  state text not null check (state in ('ready', 'bad', 'done', 'failed')),
  plan json not null,
  primary key (import_id, position)
);

create table productsheet_problem (
  import_id uuid not null references productsheet_import on delete cascade,
  sequence bigint generated always as identity,
  row integer not null,
  "column" text,
  code text not null,
  zh text not null,
  en text not null,
  primary key (import_id, sequence)
);

-- The merchant's own code of a product: what a later sheet finds it by.
create table productsheet_code (
  shop_id uuid not null,
  code text not null,
  product_id uuid not null unique,
  primary key (shop_id, code)
);
