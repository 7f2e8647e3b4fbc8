-- control:  CX-004
-- version:  1
-- sop:      SOP-CX-004
-- title:    A conversation is resolved after the customer's confirmation or 48 h of silence, and never with a blocking label
-- severity: medium
-- needs:    conversations, messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, waited int, label text
-- source:   messages, decisions, conversations
-- pass:     no blocking label was on it, and the customer had confirmed, or had not written for 48 h after a reply; where no message of the conversation is known, only the label is checked
-- evidence: blocked: resolved with the label {label|word} | silent: resolved though the customer had written nothing | early: resolved {waited|duration} after the customer's last message, which is no confirmation | unanswered: resolved {waited|duration} after the customer's last message, which nobody has answered
select
    r.account_id,
    r.conversation_id,
    r.decision_id,
    r.resolved_at as happened_at,
    r.resolved_by as operator,
    case
        when r.blocking_known_at <= :as_of then 0
        when r.is_confirmed = 1 then 1
        when r.is_answered = 1 and r.last_customer_at + 172800000000 <= r.resolved_at then 1
        else 0
    end as is_passed,
    case
        when r.blocking_known_at <= :as_of then 'blocked'
        when r.last_customer_at is null then 'silent'
        when r.is_answered = 0 then 'unanswered'
        else 'early'
    end as reason,
    r.resolved_at - r.last_customer_at as waited,
    r.blocking_label as label
from account as a
cross join resolution as r
left join conversation_fact as f on f.account_id = r.account_id and f.conversation_id = r.conversation_id
where r.account_id = a.account_id
    and r.resolved_at >= :start_at
    and r.resolved_at < :end_at
    and r.resolved_at <= :as_of
    and (r.last_customer_at is not null or r.blocking_known_at <= :as_of or f.first_message_at <= :as_of)
