-- schema:  0002_expired_before
-- title:   Under which cut-off rows of a file expired on arrival
-- notes:   Null where none did, and where the file has to be read again since they would not expire any more.

alter table source_file add column expired_before integer;
