-- kpi:     escalation_record
-- version: 1
-- title:   Each escalation that began in the report week as the register has it
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, started_at int, year int, number int, escalated_by text, reason text, severity text, breached_at int, is_breached int, acknowledged_at int, acknowledged_by text, updated_at int, response_at int, response_by text, response_due_at int, response text, resolved_at int, resolved_by text, resolve_microseconds int, contact_id int, customer_name text, rating int, file text, line int
-- source:  decisions, messages, conversations
-- null:    what no source tells, or has not happened by then; file and line where the row that it was read from is purged
select
    e.account_id,
    e.conversation_id,
    e.started_at,
    n.year,
    n.number,
    e.escalated_by,
    e.reason,
    e.severity,
    f.breached_at,
    case when f.breached_at < :as_of then 1 else 0 end as is_breached,
    case when e.acknowledged_at <= :as_of then e.acknowledged_at end as acknowledged_at,
    case when e.acknowledged_at <= :as_of then e.acknowledged_by end as acknowledged_by,
    case when e.updated_at <= :as_of then e.updated_at end as updated_at,
    case when e.response_at <= :as_of then e.response_at end as response_at,
    case when e.response_at <= :as_of then e.response_by end as response_by,
    e.response_due_at,
    case
        when e.response_at <= :as_of and e.response_at <= e.response_due_at then 'met'
        when e.response_at <= :as_of or :as_of > e.response_due_at then 'missed'
        else 'pending'
    end as response,
    case when e.resolved_at <= :as_of then e.resolved_at end as resolved_at,
    case when e.resolved_at <= :as_of then r.resolved_by end as resolved_by,
    case when e.resolved_at <= :as_of then e.resolved_at - e.started_at end as resolve_microseconds,
    f.contact_id,
    v.customer_name,
    (
        select max(c.value)
        from chatwoot_figure as c
        where c.account_id = e.account_id
            and c.kind = 1
            and c.conversation_id = e.conversation_id
            and c.happened_at = (
                select max(o.happened_at)
                from chatwoot_figure as o
                where o.account_id = e.account_id
                    and o.kind = 1
                    and o.conversation_id = e.conversation_id
                    and o.happened_at >= e.started_at
                    and o.happened_at <= :as_of)
    ) as rating,
    s.name as file,
    coalesce(d.line, m.line, v.line) as line
from account as a
cross join escalation as e
left join escalation_number as n
    on n.account_id = e.account_id and n.conversation_id = e.conversation_id and n.started_at = e.started_at
left join resolution as r
    on r.account_id = e.account_id and r.conversation_id = e.conversation_id and r.resolved_at = e.resolved_at
left join conversation_fact as f on f.account_id = e.account_id and f.conversation_id = e.conversation_id
left join conversation as v on v.account_id = e.account_id and v.conversation_id = e.conversation_id
left join decision as d
    on d.account_id = e.account_id and d.decided_at = e.started_at and d.decision_id = e.decision_id
left join message as m
    on m.account_id = e.account_id
    and m.conversation_id = e.conversation_id
    and m.message_id = (
        select min(l.source_key) from event as l
        where l.account_id = e.account_id
            and l.conversation_id = e.conversation_id
            and l.source = 1
            and l.kind = 1
            and l.happened_at = e.started_at)
left join source_file as s on s.file_id = coalesce(d.file_id, m.file_id, v.file_id)
where e.account_id = a.account_id
    and e.started_at >= :start_at
    and e.started_at < :end_at
    and e.started_at <= :as_of
order by e.started_at, e.conversation_id, e.account_id
