create table category_node (
  id uuid primary key,
  parent_id uuid references category_node,
  position integer not null,
  name text not null,
  name_en text not null,
  document_type_ids uuid[] not null,
  rate_handle text not null,
  -- From the root down to itself; kept by every move.
  path uuid[] not null check (path[cardinality(path)] = id and cardinality(path) between 1 and 4)
);
create unique index category_node_name on category_node (
  coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), lower(name)
);
create index category_node_by_path on category_node using gin (path);
