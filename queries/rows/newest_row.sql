-- kpi:     newest_row
-- version: 1
-- title:   The newest row of each kind; several where they are of one moment
-- unit:    row
-- reduce:  rows
-- params:  as_of int, stale_microseconds int
-- columns: kind text, newest_at int, age_microseconds int, state text, file text, line int
-- source:  all
-- null:    file and line of webhooks, of which no place is kept
select
    'conversations' as kind,
    r.last_activity_at as newest_at,
    :as_of - r.last_activity_at as age_microseconds,
    case when :as_of - r.last_activity_at >= :stale_microseconds then 'stale' else 'fresh' end as state,
    s.name as file,
    r.line
from conversation as r
left join source_file as s on s.file_id = r.file_id
where r.last_activity_at = (select max(n.last_activity_at) from conversation as n where n.last_activity_at <= :as_of)
union all
select
    'messages' as kind,
    r.sent_at as newest_at,
    :as_of - r.sent_at as age_microseconds,
    case when :as_of - r.sent_at >= :stale_microseconds then 'stale' else 'fresh' end as state,
    s.name as file,
    r.line
from message as r
left join source_file as s on s.file_id = r.file_id
where r.sent_at = (select max(n.sent_at) from message as n where n.sent_at <= :as_of)
union all
select
    'decisions' as kind,
    r.decided_at as newest_at,
    :as_of - r.decided_at as age_microseconds,
    case when :as_of - r.decided_at >= :stale_microseconds then 'stale' else 'fresh' end as state,
    s.name as file,
    r.line
from decision as r
left join source_file as s on s.file_id = r.file_id
where r.decided_at = (select max(n.decided_at) from decision as n where n.decided_at <= :as_of)
union all
select
    'decision_sync' as kind,
    r.attempted_at as newest_at,
    :as_of - r.attempted_at as age_microseconds,
    case when :as_of - r.attempted_at >= :stale_microseconds then 'stale' else 'fresh' end as state,
    s.name as file,
    r.line
from sync_attempt as r
left join source_file as s on s.file_id = r.file_id
where r.attempted_at = (select max(n.attempted_at) from sync_attempt as n where n.attempted_at <= :as_of)
union all
select
    'facts' as kind,
    r.suggested_at as newest_at,
    :as_of - r.suggested_at as age_microseconds,
    case when :as_of - r.suggested_at >= :stale_microseconds then 'stale' else 'fresh' end as state,
    s.name as file,
    r.line
from suggestion as r
left join source_file as s on s.file_id = r.file_id
where r.suggested_at = (select max(n.suggested_at) from suggestion as n where n.suggested_at <= :as_of)
union all
select
    'webhooks' as kind,
    max(r.happened_at) as newest_at,
    :as_of - max(r.happened_at) as age_microseconds,
    case when :as_of - max(r.happened_at) >= :stale_microseconds then 'stale' else 'fresh' end as state,
    null as file,
    null as line
from event as r
where r.source = 2 and r.happened_at <= :as_of
having max(r.happened_at) is not null
