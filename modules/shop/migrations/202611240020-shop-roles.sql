alter table shop_member
  drop constraint shop_member_role_check,
  add constraint shop_member_role_check
    check (role in ('owner', 'host', 'clerk', 'assistant', 'moderator'));
