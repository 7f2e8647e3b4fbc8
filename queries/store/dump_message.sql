-- store:   dump_message
-- title:   Messages without their texts, with the name of the error of their delivery
-- params:  account int
-- columns: conversation_id int, message_id int, sent_at instant, updated_at instant, traits int, kind int, sender_id int, delivery int, delivery_at instant, error text, text_quality int, text_hash int, token_count int, flags int, amount_hundredths int
-- fix:     none
select
    m.conversation_id,
    m.message_id,
    m.sent_at,
    m.updated_at,
    m.traits,
    m.kind,
    m.sender_id,
    m.delivery,
    m.delivery_at,
    e.name as error,
    m.text_quality,
    m.text_hash,
    m.token_count,
    m.flags,
    m.amount_hundredths
from message as m
left join delivery_error as e on e.error_id = m.error_id
where m.account_id = :account
order by m.conversation_id, m.message_id
