-- One row per distinct video: the same bytes uploaded twice are the same file.
create table files_video (
  id uuid primary key,
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  content_type text not null check (content_type in ('video/mp4', 'video/webm')),
  byte_count integer not null check (byte_count > 0),
  created_by uuid,
  created_at timestamptz not null default now()
);
