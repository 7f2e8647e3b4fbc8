-- store:   dump_decision_text
-- title:   Texts of decisions
-- params:  account int
-- columns: decided_at instant, decision_id text, reply text, suggestion text, template text, note text
-- fix:     none
select
    d.decided_at,
    d.decision_id,
    d.reply,
    d.suggestion,
    d.template,
    d.note
from decision_text as d
where d.account_id = :account
order by d.decided_at, d.decision_id
