-- store:   dump_reply_template
-- title:   Reply templates
-- params:  none
-- columns: template_id text, ordinal int, label text, body text, content int
-- fix:     none
select
    p.template_id,
    p.ordinal,
    p.label,
    p.body,
    p.content
from reply_template as p
order by p.template_id
