-- store:   dump_guardrail
-- title:   Messages that call for an escalation
-- params:  account int
-- columns: conversation_id int, happened_at instant, kind text, message_id int, is_note int, amount_hundredths int, escalated_at instant, escalation_due_at instant, reply_at instant, reply_decision text, reply_by text
-- fix:     none
select
    g.conversation_id,
    g.happened_at,
    g.kind,
    g.message_id,
    g.is_note,
    g.amount_hundredths,
    g.escalated_at,
    g.escalation_due_at,
    g.reply_at,
    g.reply_decision,
    g.reply_by
from guardrail as g
where g.account_id = :account
order by g.conversation_id, g.happened_at, g.kind, g.message_id
