-- store:   check_files
-- title:   every row has the file that it was read from
-- params:  none
-- columns: what text, found int
-- fix:     read the sources again into a new store: move this one away, then countersign run
select
    'decision.file_id' as what,
    count(*) as found
from decision as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'sync_attempt.file_id' as what,
    count(*) as found
from sync_attempt as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'conversation.file_id' as what,
    count(*) as found
from conversation as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'message.file_id' as what,
    count(*) as found
from message as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'suggestion.file_id' as what,
    count(*) as found
from suggestion as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'breach_snapshot.file_id' as what,
    count(*) as found
from breach_snapshot as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'chatwoot_figure.file_id' as what,
    count(*) as found
from chatwoot_figure as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'known_name.file_id' as what,
    count(*) as found
from known_name as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'staff.file_id' as what,
    count(*) as found
from staff as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'reply_template.file_id' as what,
    count(*) as found
from reply_template as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'quarantine.file_id' as what,
    count(*) as found
from quarantine as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
union all
select
    'source_path.file_id' as what,
    count(*) as found
from source_path as r
where not exists (select 1 from source_file as x where x.file_id = r.file_id)
