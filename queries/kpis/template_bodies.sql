-- kpi:     template_bodies
-- version: 1
-- title:   Today's bodies of the reply templates
-- unit:    text
-- reduce:  edit_patterns
-- params:  none
-- columns: template text, body text
-- source:  templates
-- null:    none
select
    t.template_id as template,
    t.body
from reply_template as t
order by t.ordinal, t.template_id
