-- What is on the shelves, as it is searched; made from the catalogue and thrown away at will.
create table search_document (
  product_id uuid primary key,
  shop_id uuid not null,
  -- Words with weights and pairs of characters, made by packages/search.
  words tsvector not null,
  brand_id uuid,
  brand_name text,
  -- Its category and those above.
  category_ids uuid[] not null,
  tag_names text[] not null,
  price_from_fen bigint not null,
  price_to_fen bigint not null,
  is_available boolean not null,
  sold_count integer not null default 0,
  listed_at timestamptz(3) not null,
  -- Breaks ties between products that fit the words equally well, 0 … 1; the same for everybody.
  quality real not null generated always as (
    (case when is_available then 0.4 else 0 end + 0.6 * least(1, ln(1 + sold_count) / 12))::real
  ) stored
);
create index search_document_words on search_document using gin (words);
create index search_document_categories on search_document using gin (category_ids);
create index search_document_brand on search_document (brand_id);
create index search_document_shop on search_document (shop_id);
create index search_document_quality on search_document (quality desc, product_id desc);
create index search_document_sold on search_document (sold_count desc, product_id desc);
create index search_document_listed on search_document (listed_at desc, product_id desc);
create index search_document_price on search_document (price_from_fen, product_id);

-- Every word of the documents: what slips, pinyin and beginnings are resolved by. Collation "C", so
-- that beginnings are a range of the index on any server.
create table search_term (
  word text collate "C" primary key,
  kind text not null check (kind in ('brand', 'category', 'word')),
  sound text collate "C" not null,
  initials text collate "C" not null,
  near_keys text[] collate "C" not null,
  document_count integer not null default 1
);
create index search_term_sound on search_term (sound) where sound <> '';
create index search_term_initials on search_term (initials) where initials <> '';
create index search_term_near on search_term using gin (near_keys);

-- What was looked for and found, per day: words that the catalogue has, and nobody's name.
create table search_query (
  day date not null,
  words text not null,
  query_count integer not null check (query_count > 0),
  primary key (day, words)
);

-- Pieces sold in paid orders; folded into the documents from time to time, because a change of a
-- document costs more than a change of this row.
create table search_sale (
  product_id uuid primary key,
  sold_count integer not null default 0,
  is_folded boolean not null default false
);
create index search_sale_to_fold on search_sale (product_id) where not is_folded;
