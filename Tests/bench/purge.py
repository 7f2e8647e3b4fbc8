"""Part of `scripts/bench purge`: the plain program that a purge is measured against, and the tables of what was measured.

    purge.py plain STORE CUTOFF NEW SECONDS   deletes what is older (seconds since 1970) by plain DELETE statements in one
                                              transaction, VACUUM INTO NEW, fsync; its seconds into a file
    purge.py same PURGED PLAIN                counts the rows of every table of both; fails unless they are equal
    purge.py table FOLDER                     FOLDER/{purge,plain,idle}.N and FOLDER/purge.N.steps
"""
import json
import os
import pathlib
import sqlite3
import statistics
import sys
import time

# What a purge writes beside what it deletes.
RECORDS = {
    "ledger", "kpi_history", "kept_since", "setting", "purged_decision", "purged_attempt", "given_source", "sqlite_sequence",
}

TIMES = [
    ("decision", "decided_at"), ("decision_text", "decided_at"), ("edit_pattern", "decided_at"),
    ("untemplated_reply", "decided_at"), ("reply_fact", "decided_at"), ("sync_attempt", "attempted_at"),
    ("message", "sent_at"), ("conversation", "last_activity_at"), ("event", "happened_at"),
    ("suggestion", "suggested_at"), ("breach_snapshot", "seen_at"), ("escalation_label", "added_at"),
    ("resolution", "resolved_at"), ("guardrail", "happened_at"), ("staff_reply", "sent_at"),
]


def plain(store, cutoff, new, seconds):
    begin = time.perf_counter()
    db = sqlite3.connect(store, isolation_level=None)
    db.execute("begin immediate")
    for table, column in TIMES:
        db.execute(f"delete from {table} where {column} < ?", (int(cutoff) * 1_000_000,))
    db.execute("""
        delete from identity where (account_id, contact_id) not in (
            select account_id, contact_id from conversation where contact_id is not null)""")
    db.execute("commit")
    db.execute("vacuum into ?", (new,))
    descriptor = os.open(new, os.O_RDWR)
    os.fsync(descriptor)
    os.close(descriptor)
    pathlib.Path(seconds).write_text(f"{time.perf_counter() - begin}\n")


def rows(store):
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    tables = [name for (name,) in db.execute("select name from sqlite_schema where type = 'table'")]
    return {name: db.execute(f'select count(*) from "{name}"').fetchone()[0] for name in sorted(set(tables) - RECORDS)}


def same(purged, other):
    ours, theirs = rows(purged), rows(other)
    wrong = [f"{name}: {ours[name]} and {theirs.get(name)}" for name in ours if ours[name] != theirs.get(name)]
    if wrong:
        sys.exit("bench: the two left other rows: " + ", ".join(wrong))
    print(f"both left the same {sum(ours.values())} rows in {len(ours)} tables")


def seconds(path):
    return float(path.read_text().split()[0])


def steps(path):
    return {step["step"]: step["seconds"] for step in map(json.loads, path.read_text().splitlines())}


def row(title, values):
    print(f"{title:<50} {statistics.median(values):>9.3f} {min(values):>9.3f} {max(values):>9.3f}")


def table(folder):
    folder = pathlib.Path(folder)

    def runs(name, read=seconds, ending=""):
        return [read(path) for path in sorted(folder.glob(f"{name}.[0-9]{ending}"))]

    parts = runs("purge", steps, ".steps")
    wholes, others = runs("purge"), runs("plain")
    purges = [part["retention"] + part["erase"] for part in parts]
    print(f"\n{'':<50} {'median s':>9} {'min s':>9} {'max s':>9}")
    row("plain DELETE, VACUUM INTO, fsync", others)
    row("purge: plan, receipt, deletion, rewrite, check", purges)
    for name in ("retention", "erase"):
        row(f"  {name}", [part[name] for part in parts])
    row("countersign retention apply, whole process", wholes)
    row("the same, nothing to take", runs("idle"))
    for title, values in (("the purge", purges), ("the whole process", wholes)):
        ratios = [a / b for a, b in zip(values, others)]
        print(f"{title} takes {statistics.median(ratios):.2f} times the plain program's time, median of "
              f"{len(ratios)} pairs ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    {"plain": plain, "same": same, "table": table}[sys.argv[1]](*sys.argv[2:])
