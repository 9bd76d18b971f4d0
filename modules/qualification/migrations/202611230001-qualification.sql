create table qualification_type (
  id uuid primary key,
  name text not null,
  name_en text not null,
  hint text not null
);
create unique index qualification_type_name on qualification_type (lower(name));

create table qualification_document (
  id uuid primary key,
  shop_id uuid not null,
  type_id uuid not null,
  number text not null,
  file_ids uuid[] not null check (cardinality(file_ids) between 1 and 5),
  -- The last good day, as a day in China.
  expires_on date,
  state text not null check (state in ('pending', 'approved', 'rejected')),
  reason text not null default '',
  -- When goods that need it were taken off, after it ended.
  lapsed_at timestamptz(3),
  submitted_by uuid,
  created_at timestamptz(3) not null default now(),
  decided_by uuid,
  decided_at timestamptz(3)
);
create index qualification_document_by_shop on qualification_document (
  shop_id, created_at desc, id desc
);
create index qualification_document_by_state on qualification_document (
  state, created_at desc, id desc
);
create index qualification_document_to_lapse on qualification_document (expires_on)
  where state = 'approved' and lapsed_at is null;
