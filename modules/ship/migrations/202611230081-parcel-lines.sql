-- What is in a parcel: [{ lineId, quantity }]; empty for one that follows with what was forgotten.
alter table ship_parcel add column lines json not null default '[]';
create index ship_parcel_by_number on ship_parcel (shop_id, number text_pattern_ops);
