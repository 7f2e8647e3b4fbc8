-- store:   check_events
-- title:   every event line has its message
-- params:  none
-- columns: what text, found int
-- fix:     read the sources again into a new store: move this one away, then countersign run
select
    'event' as what,
    count(*) as found
from event as e
where e.source = 1 and not exists (
    select 1 from message as m
    where m.account_id = e.account_id and m.conversation_id = e.conversation_id and m.message_id = e.source_key)
