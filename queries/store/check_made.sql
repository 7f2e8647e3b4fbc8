-- store:   check_made
-- title:   every conversation has its facts
-- params:  none
-- columns: what text, found int
-- fix:     run countersign run; if it stays, read the sources again into a new store: move this one away, then countersign run
select
    'conversation' as what,
    count(*) as found
from conversation as v
where v.created_at is not null
    and v.account_id <> 0
    and v.conversation_id > 0
    and not exists (
        select 1 from conversation_fact as f
        where f.account_id = v.account_id and f.conversation_id = v.conversation_id)
    and not exists (
        select 1 from touched as t
        where t.account_id = v.account_id and t.conversation_id = v.conversation_id)
