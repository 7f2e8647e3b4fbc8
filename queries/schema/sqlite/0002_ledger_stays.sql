-- schema:  0002_ledger_stays
-- title:   Entries of the ledger are neither changed nor deleted
-- notes:   SQLite's own dialect, so that 0001 stays one that other databases take too.

-- Against slips, not against whoever can write to the file: those the chain shows.
create trigger ledger_entries_stay_as_they_are before update on ledger
begin select raise(abort, 'ledger entries are never changed'); end;

create trigger ledger_entries_stay before delete on ledger
begin select raise(abort, 'ledger entries are never deleted'); end;
