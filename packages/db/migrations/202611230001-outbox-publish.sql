-- For functions that change tables by themselves; the caller wakes the delivery after its commit.
create function outbox_publish(name text, payload jsonb) returns void language plpgsql as $$
#variable_conflict use_variable
begin
  insert into outbox_event (name, payload) values (name, payload);
end $$;

-- Groups of orders make long payloads, and pressing them costs more than writing them.
alter table outbox_event alter payload set storage external;
