create table ledger_journal (
  id         uuid primary key,
  -- What the journal books, once: `pay:<payment>`, `complete:<order>` …
  key        text not null unique,
  kind       text not null,
  created_at timestamptz not null default now()
);

create table ledger_entry (
  journal_id uuid not null references ledger_journal (id),
  account    text not null,
  -- Debit is positive, credit negative; a journal sums to zero.
  amount_fen bigint not null check (amount_fen <> 0),
  primary key (journal_id, account)
);

create index ledger_entry_of_account on ledger_entry (account) include (amount_fen);

-- The last line of defence: whatever writes here, a journal that does not balance cannot commit.
create function ledger_check_balance() returns trigger language plpgsql as $$
begin
  if (select sum(amount_fen) from ledger_entry where journal_id = new.journal_id) <> 0 then
    raise exception 'journal % does not sum to zero', new.journal_id;
  end if;
  return null;
end $$;

create constraint trigger ledger_entry_balanced after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_check_balance();

create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only';
end $$;

create trigger ledger_entry_append_only before update or delete on ledger_entry
  for each row execute function ledger_refuse_change();
create trigger ledger_journal_append_only before update or delete on ledger_journal
  for each row execute function ledger_refuse_change();
