-- kpi:     reply_outcomes
-- version: 1
-- title:   Approved replies of the report week with a known suggestion, and what came after them
-- unit:    instant
-- reduce:  edit_patterns
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, template text, edit_class int, decided_at int, customer_at int, other_act_at int, ack_due_at int, is_exported int, contact_id int, resolved_at int, last_active_at int
-- source:  decisions, messages, conversations, templates
-- null:    template where none is known; customer_at and other_act_at where neither has happened; contact_id where the conversation names no contact; resolved_at where no moment of a resolution after the reply is known; last_active_at but where it stands in for one
select
    r.account_id,
    r.conversation_id,
    r.template,
    r.edit_class,
    r.decided_at,
    r.customer_at,
    r.other_act_at,
    r.ack_due_at,
    case when f.created_at <= :as_of then 1 else 0 end as is_exported,
    f.contact_id,
    (
        select min(n.resolved_at)
        from resolution as n
        where n.account_id = r.account_id and n.conversation_id = r.conversation_id and n.resolved_at > r.decided_at
    ) as resolved_at,
    case when f.is_resolution_approximate = 1 and f.resolved_at > r.decided_at then f.resolved_at end as last_active_at
from account as a
cross join reply_fact as r
left join conversation_fact as f on f.account_id = r.account_id and f.conversation_id = r.conversation_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
    and r.edit_class >= 1
order by r.account_id, r.decided_at, r.decision_id
