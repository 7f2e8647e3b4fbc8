-- kpi:     breach_history
-- version: 1
-- title:   Figures of weeks and days whose rows are gone, or about to go
-- unit:    count
-- reduce:  breach_trend
-- params:  start_at int, end_at int
-- columns: account_id int, kind text, start_at int, end_at int, created int, breached int, breaches int, over_2h int, after_reply int
-- source:  conversations, messages, decisions
-- null:    a week or day that no purge has taken has no row
select
    h.account_id,
    h.kind,
    h.start_at,
    h.end_at,
    h.created,
    h.breached,
    h.breaches,
    h.over_2h,
    h.after_reply
from kpi_history as h
where h.start_at >= :start_at
    and h.end_at <= :end_at
order by h.account_id, h.kind, h.start_at
