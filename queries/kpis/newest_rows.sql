-- kpi:     newest_rows
-- version: 1
-- title:   The newest time in each source
-- unit:    instant
-- reduce:  freshness
-- params:  as_of int
-- columns: kind text, newest_at int
-- source:  all
-- null:    newest_at of a source without rows
select 'conversations' as kind, max(v.last_activity_at) as newest_at
from conversation as v
where v.last_activity_at <= :as_of
union all
select 'messages' as kind, max(m.sent_at) as newest_at
from message as m
where m.sent_at <= :as_of
union all
select 'decisions' as kind, max(d.decided_at) as newest_at
from decision as d
where d.decided_at <= :as_of
union all
select 'decision_sync' as kind, max(y.attempted_at) as newest_at
from sync_attempt as y
where y.attempted_at <= :as_of
union all
select 'webhooks' as kind, max(e.happened_at) as newest_at
from event as e
where e.source = 2 and e.happened_at <= :as_of
union all
select 'facts' as kind, max(g.suggested_at) as newest_at
from suggestion as g
where g.suggested_at <= :as_of
