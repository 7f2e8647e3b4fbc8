-- store:   dump_chatwoot_figure
-- title:   Numbers that Chatwoot itself gives
-- params:  account int
-- columns: kind int, figure_key text, name text, conversation_id int, happened_at instant, value int, precision_value int
-- fix:     none
select
    f.kind,
    f.figure_key,
    f.name,
    f.conversation_id,
    f.happened_at,
    f.value,
    f.precision_value
from chatwoot_figure as f
where f.account_id = :account
order by f.kind, f.figure_key, f.name
