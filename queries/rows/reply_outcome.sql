-- kpi:     reply_outcome
-- version: 1
-- title:   Each approved reply of the report week with a known suggestion, and what came after it
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int, outcome_microseconds int
-- columns: account_id int, decision_id text, decided_at int, conversation_id int, template text, edit text, customer_at int, other_act_at int, ack_due_at int, contact_id int, is_ack_due int, is_acknowledged int, is_later_due int, is_resolved int, file text, line int
-- source:  decisions, messages, conversations, templates
-- null:    template where none is known; conversation_id where the decision names none; customer_at and other_act_at where neither has happened; contact_id where the conversation names no contact; file and line where the row that it was read from is purged
select
    r.account_id,
    r.decision_id,
    r.decided_at,
    nullif(r.conversation_id, 0) as conversation_id,
    r.template,
    case when r.edit_class = 1 then 'verbatim' else 'edited' end as edit,
    r.customer_at,
    r.other_act_at,
    r.ack_due_at,
    f.contact_id,
    case
        when r.ack_due_at <= :as_of then 1
        when r.customer_at <= :as_of or r.other_act_at <= :as_of then 1
        else 0
    end as is_ack_due,
    case
        when r.customer_at <= :as_of
            and r.customer_at <= r.ack_due_at
            and (r.other_act_at is null or r.customer_at <= r.other_act_at)
        then 1
        else 0
    end as is_acknowledged,
    case when f.created_at <= :as_of and :as_of - r.decided_at >= :outcome_microseconds then 1 else 0 end as is_later_due,
    case
        when f.is_resolution_approximate = 1
            and f.resolved_at > r.decided_at
            and f.resolved_at - r.decided_at <= :outcome_microseconds
        then 1
        when exists (
            select 1
            from resolution as n
            where n.account_id = r.account_id
                and n.conversation_id = r.conversation_id
                and n.resolved_at > r.decided_at
                and n.resolved_at - r.decided_at <= :outcome_microseconds
        )
        then 1
        else 0
    end as is_resolved,
    s.name as file,
    d.line
from account as a
cross join reply_fact as r
left join conversation_fact as f on f.account_id = r.account_id and f.conversation_id = r.conversation_id
left join decision as d
    on d.account_id = r.account_id and d.decided_at = r.decided_at and d.decision_id = r.decision_id
left join source_file as s on s.file_id = d.file_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
    and r.edit_class >= 1
order by r.account_id, r.decided_at, r.decision_id
