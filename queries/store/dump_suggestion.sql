-- store:   dump_suggestion
-- title:   What the dashboard suggested, each with its text
-- params:  account int
-- columns: conversation_id int, suggested_at instant, updated_at instant, text text, template text
-- fix:     none
select
    g.conversation_id,
    g.suggested_at,
    g.updated_at,
    t.text,
    g.template
from suggestion as g
left join suggestion_text as t on t.text_id = g.text_id
where g.account_id = :account
order by g.conversation_id, g.suggested_at
