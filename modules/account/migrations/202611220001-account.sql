-- Personal data is sealed (AES-256-GCM); `*_index` columns are keyed hashes, good only for look-up.
create table account_user (
  id uuid primary key,
  phone_sealed text not null,
  phone_index text not null unique,
  nickname text not null,
  avatar_file_id uuid,
  created_at timestamptz not null default now()
);

-- Platform-wide roles only; roles in a shop are memberships and belong to the shop module.
create table account_role (
  user_id uuid not null references account_user,
  role text not null check (role in ('operator')),
  granted_at timestamptz not null default now(),
  primary key (user_id, role)
);

-- Every code sent in the last day: the newest of a phone is the one that counts.
create table account_code (
  id uuid primary key,
  phone_index text not null,
  address_index text not null,
  code_hash text not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  tries_count integer not null default 0 check (tries_count between 0 and 5),
  last_try_at timestamptz,
  used_at timestamptz
);
create index account_code_by_phone on account_code (phone_index, sent_at desc);
create index account_code_by_address on account_code (address_index, sent_at desc);
create index account_code_by_age on account_code (sent_at);

create table account_session (
  id uuid primary key,
  user_id uuid not null references account_user,
  token_hash text not null unique,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index account_session_by_user on account_session (user_id);
create index account_session_by_expiry on account_session (expires_at);

-- `receiver_sealed` holds name, phone and the whole address as one sealed JSON text.
create table account_address (
  id uuid primary key,
  user_id uuid not null references account_user,
  receiver_sealed text not null,
  is_default boolean not null,
  created_at timestamptz not null
);
create index account_address_by_user on account_address (user_id);
create unique index account_address_one_default on account_address (user_id) where is_default;
