-- control:  CX-003b
-- version:  1
-- sop:      job aid, SOP-CX-003
-- title:    A refund over the limit is escalated before the next approved reply
-- severity: high
-- needs:    messages, decisions
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, reply_after int, escalated_after int, amount int
-- source:   messages, decisions
-- pass:     it was escalated, or an escalation was open, before the next approved reply; one that was neither escalated nor answered yet is not checked
-- evidence: late: a refund of {amount|amount}, over the limit, was answered {reply_after|duration} later with an approved reply, and escalated {escalated_after|duration} later | none: a refund of {amount|amount}, over the limit, was answered {reply_after|duration} later with an approved reply, and not escalated
select
    g.account_id,
    g.conversation_id,
    case when g.reply_at <= :as_of then g.reply_decision end as decision_id,
    g.happened_at,
    case when g.reply_at <= :as_of then g.reply_by end as operator,
    case
        when g.reply_at <= :as_of and (g.escalated_at is null or g.escalated_at > g.reply_at) then 0
        else 1
    end as is_passed,
    case when g.escalated_at <= :as_of then 'late' else 'none' end as reason,
    g.reply_at - g.happened_at as reply_after,
    g.escalated_at - g.happened_at as escalated_after,
    g.amount_hundredths as amount
from account as a
cross join guardrail as g
where g.account_id = a.account_id
    and g.kind = 'refund'
    and g.happened_at >= :start_at
    and g.happened_at < :end_at
    and g.happened_at <= :as_of
    and (g.reply_at <= :as_of or g.escalated_at <= :as_of)
