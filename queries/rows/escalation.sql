-- kpi:     escalation
-- version: 1
-- title:   Each escalation that began in the report week with its acknowledgement and update
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, started_at int, escalated_by text, reason text, acknowledged_at int, acknowledged_by text, ack_due_at int, ack text, is_ack_due int, ack_microseconds int, waited_microseconds int, updated_at int, update_due_at int, update_state text, is_update_due int, file text, line int
-- source:  decisions, messages, agents
-- null:    acknowledged_at and ack_microseconds where no manager has acknowledged by then, waited_microseconds where one has; updated_at likewise; file and line where the row that it was read from is purged
select
    e.account_id,
    e.conversation_id,
    e.started_at,
    e.escalated_by,
    e.reason,
    case when e.acknowledged_at <= :as_of then e.acknowledged_at end as acknowledged_at,
    case when e.acknowledged_at <= :as_of then e.acknowledged_by end as acknowledged_by,
    e.ack_due_at,
    case
        when e.acknowledged_at <= :as_of then case when e.acknowledged_at <= e.ack_due_at then 'in_time' else 'late' end
        when :as_of > e.ack_due_at then 'overdue'
        else 'pending'
    end as ack,
    case when e.ack_due_at < :as_of then 1 else 0 end as is_ack_due,
    case when e.acknowledged_at <= :as_of then e.acknowledged_at - e.started_at end as ack_microseconds,
    case when e.acknowledged_at <= :as_of then null else :as_of - e.started_at end as waited_microseconds,
    case when e.updated_at <= :as_of then e.updated_at end as updated_at,
    e.update_due_at,
    case
        when e.updated_at <= :as_of then case when e.updated_at <= e.update_due_at then 'in_time' else 'late' end
        when :as_of > e.update_due_at then 'overdue'
        else 'pending'
    end as update_state,
    case when e.update_due_at < :as_of then 1 else 0 end as is_update_due,
    s.name as file,
    coalesce(d.line, m.line, v.line) as line
from account as a
cross join escalation as e
left join decision as d
    on d.account_id = e.account_id and d.decided_at = e.started_at and d.decision_id = e.decision_id
left join message as m
    on m.account_id = e.account_id
    and m.conversation_id = e.conversation_id
    and m.message_id = (
        select min(n.source_key) from event as n
        where n.account_id = e.account_id
            and n.conversation_id = e.conversation_id
            and n.source = 1
            and n.kind = 1
            and n.happened_at = e.started_at)
left join conversation as v on v.account_id = e.account_id and v.conversation_id = e.conversation_id
left join source_file as s on s.file_id = coalesce(d.file_id, m.file_id, v.file_id)
where e.account_id = a.account_id
    and e.started_at >= :start_at
    and e.started_at < :end_at
    and e.started_at <= :as_of
order by e.started_at, e.conversation_id, e.account_id
