-- store:   check_facts
-- title:   every fact has its rows, as far as they are not purged
-- params:  none
-- columns: what text, found int
-- fix:     run countersign run; if it stays, read the sources again into a new store: move this one away, then countersign run
select
    'conversation_fact' as what,
    count(*) as found
from conversation_fact as f
where f.last_activity_at >= (select coalesce(max(k.purged_before), f.last_activity_at) from kept_since as k where k.account_id = f.account_id)
    and not exists (
        select 1 from conversation as v
        where v.account_id = f.account_id and v.conversation_id = f.conversation_id)
    and not exists (
        select 1 from breach_snapshot as b
        where b.account_id = f.account_id and b.conversation_id = f.conversation_id)
union all
select
    'reply_fact' as what,
    count(*) as found
from reply_fact as r
where not exists (
    select 1 from decision as d
    where d.account_id = r.account_id and d.decided_at = r.decided_at and d.decision_id = r.decision_id)
union all
select
    'edit_pattern' as what,
    count(*) as found
from edit_pattern as p
where not exists (
    select 1 from reply_fact as r
    where r.account_id = p.account_id and r.decided_at = p.decided_at and r.decision_id = p.decision_id)
union all
select
    'untemplated_reply' as what,
    count(*) as found
from untemplated_reply as u
where not exists (
    select 1 from reply_fact as r
    where r.account_id = u.account_id and r.decided_at = u.decided_at and r.decision_id = u.decision_id)
union all
select
    'escalation' as what,
    count(*) as found
from escalation as e
where e.started_at >= (select coalesce(max(k.purged_before), e.started_at) from kept_since as k where k.account_id = e.account_id)
    and not exists (
        select 1 from conversation as v
        where v.account_id = e.account_id and v.conversation_id = e.conversation_id)
    and not exists (
        select 1 from decision as d
        where d.account_id = e.account_id and d.conversation_id = e.conversation_id)
    and not exists (
        select 1 from event as n
        where n.account_id = e.account_id and n.conversation_id = e.conversation_id)
    and not exists (
        select 1 from message as m
        where m.account_id = e.account_id and m.conversation_id = e.conversation_id)
