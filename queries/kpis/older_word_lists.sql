-- kpi:     older_word_lists
-- version: 1
-- title:   Messages whose text was judged by other word lists than today
-- unit:    count
-- reduce:  data_quality
-- params:  word_lists text
-- columns: messages int
-- source:  messages
-- null:    none
select
    case
        when exists (select 1 from source_file as s where s.word_lists <> :word_lists and s.is_failed = 0)
        then (
            select count(*)
            from message as m
            join source_file as s on s.file_id = m.file_id
            where s.word_lists <> :word_lists and m.text_quality > 0
        )
        else 0
    end as messages
