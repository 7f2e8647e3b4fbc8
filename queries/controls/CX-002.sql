-- control:  CX-002
-- version:  1
-- sop:      SOP-CX-002
-- title:    An approved reply has a known suggestion
-- severity: low
-- needs:    decisions, templates
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text
-- source:   decisions, templates
-- pass:     the suggestion or template that the reply came from is known
-- evidence: unmatched: the reply came from no known suggestion and resembles no template
select
    r.account_id,
    r.conversation_id,
    r.decision_id,
    r.decided_at as happened_at,
    o.name as operator,
    case when r.edit_class <> 0 then 1 else 0 end as is_passed,
    'unmatched' as reason
from account as a
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
