-- kpi:     accounts
-- version: 2
-- title:   The accounts, and how much of each source they have
-- unit:    count
-- reduce:  accounts
-- params:  none
-- columns: account_id int, shop text, chatwoot_account int, has_conversations int, has_messages int, has_decisions int, has_managers int, has_templates int
-- source:  all
-- null:    shop where none is mapped, chatwoot_account where the shop has none
select
    a.account_id,
    a.shop,
    a.chatwoot_account,
    case
        when exists (select 1 from conversation_fact as f where f.account_id = a.account_id and f.created_at is not null)
            or exists (select 1 from given_source as p where p.account_id = a.account_id and p.source = 'conversations')
        then 1
        else 0
    end as has_conversations,
    case
        when exists (select 1 from message as m where m.account_id = a.account_id and m.traits >= 4096)
            or exists (select 1 from given_source as p where p.account_id = a.account_id and p.source = 'messages')
        then 1
        else 0
    end as has_messages,
    case
        when exists (select 1 from decision as d where d.account_id = a.account_id)
            or exists (select 1 from given_source as p where p.account_id = a.account_id and p.source = 'decisions')
        then 1
        else 0
    end as has_decisions,
    case
        when exists (select 1 from staff as s where s.account_id in (a.account_id, 0) and s.role = 'administrator')
        then 1
        else 0
    end as has_managers,
    case when exists (select 1 from reply_template) then 1 else 0 end as has_templates
from account as a
order by a.account_id
