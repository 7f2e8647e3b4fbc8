-- control:  CX-006
-- version:  1
-- sop:      runbook: questions and answers
-- title:    No approved reply was sent with an unfilled variable or the stand-in name
-- severity: medium
-- needs:    decisions
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text
-- source:   decisions
-- pass:     the reply holds no {{…}} and does not call the customer “Customer”
-- evidence: variable: the reply was sent with an unfilled variable | name: the reply was sent with the stand-in name in place of the customer's | both: the reply was sent with an unfilled variable and with the stand-in name
select
    r.account_id,
    r.conversation_id,
    r.decision_id,
    r.decided_at as happened_at,
    o.name as operator,
    case when r.has_unfilled_variable = 1 or r.has_stand_in_name = 1 then 0 else 1 end as is_passed,
    case when r.has_stand_in_name = 0 then 'variable' when r.has_unfilled_variable = 0 then 'name' else 'both' end as reason
from account as a
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
