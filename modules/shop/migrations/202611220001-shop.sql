create table shop (
  id uuid primary key,
  name text not null,
  -- The name as people would confuse it: NFKC, case folded, no spaces. Two shops never share it.
  name_key text not null constraint shop_name_key_unique unique,
  intro text not null default '',
  logo_file_id uuid,
  created_at timestamptz not null default now()
);

create table shop_member (
  shop_id uuid not null references shop,
  user_id uuid not null,
  role text not null check (role in ('owner', 'host', 'clerk')),
  created_at timestamptz not null default now(),
  primary key (shop_id, user_id)
);
create index shop_member_by_user on shop_member (user_id);
create unique index shop_member_one_owned_shop on shop_member (user_id) where role = 'owner';
create unique index shop_member_one_owner on shop_member (shop_id) where role = 'owner';
