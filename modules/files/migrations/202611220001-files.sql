-- One row per distinct picture: the same bytes uploaded twice are the same file.
create table files_picture (
  id uuid primary key,
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
  byte_count integer not null check (byte_count > 0),
  width_px integer not null check (width_px > 0),
  height_px integer not null check (height_px > 0),
  -- Who sent it first; null when the system did (demo data).
  created_by uuid,
  created_at timestamptz not null default now()
);
