-- control:  LOG-004
-- version:  1
-- sop:      runbook
-- title:    A reply on a breached conversation has its decision, and an approved reply its message
-- severity: high
-- needs:    conversations, messages, decisions
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text
-- source:   messages, decisions, conversations
-- pass:     a decision on the conversation lies within 10 min of the reply; the approved reply is among the conversation's messages
-- evidence: reply: no decision within 10 min logs this reply on a breached conversation | approval: no message of the conversation is this approved reply
select
    r.account_id,
    r.conversation_id,
    null as decision_id,
    r.sent_at as happened_at,
    r.sent_by as operator,
    case when r.logged_at <= :as_of then 1 else 0 end as is_passed,
    'reply' as reason
from account as a
cross join staff_reply as r
cross join conversation_fact as f
where r.account_id = a.account_id
    and f.account_id = r.account_id
    and f.conversation_id = r.conversation_id
    and r.sent_at >= :start_at
    and r.sent_at < :end_at
    and r.sent_at <= :as_of
    and f.breached_at <= r.sent_at
    and f.breached_at < :as_of
    and (r.logged_at <= :as_of or r.sent_at + 600000000 <= :as_of)
union all
select
    p.account_id,
    p.conversation_id,
    p.decision_id,
    p.decided_at as happened_at,
    o.name as operator,
    case when p.message_at <= :as_of then 1 else 0 end as is_passed,
    'approval' as reason
from account as b
cross join reply_fact as p
join actor as o on o.actor_id = p.actor_id
where p.account_id = b.account_id
    and p.decided_at >= :start_at
    and p.decided_at < :end_at
    and p.decided_at <= :as_of
    and (p.message_at <= :as_of or p.decided_at + 600000000 <= :as_of)
