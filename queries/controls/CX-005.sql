-- control:  CX-005
-- version:  1
-- sop:      job aid: follow up after 24 h
-- title:    An approved reply needs no follow-up after 24 h
-- severity: medium
-- needs:    decisions, messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, overdue int
-- source:   decisions, messages
-- pass:     by the due time (`sla.customer_ack_hours`) the customer had answered or the staff had acted again; as for compliance, only replies that are due are checked
-- evidence: due: neither the customer nor the staff did anything after the reply; a follow-up has been due for {overdue|duration}
select
    r.account_id,
    r.conversation_id,
    r.decision_id,
    r.decided_at as happened_at,
    o.name as operator,
    case when r.customer_at <= r.ack_due_at or r.other_act_at <= r.ack_due_at then 1 else 0 end as is_passed,
    'due' as reason,
    :as_of - r.ack_due_at as overdue
from account as a
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
    and r.action_kind = 1
    and r.ack_due_at <= :as_of
