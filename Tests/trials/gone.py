#!/usr/bin/env python3
"""Erased means gone (audit.md): every text, name, email and phone of a made desk has a mark of its own; after a purge no mark
of what was purged is found in any file, in whatever form, and marks of customers' messages not even before it.

    gone.py BINARY N SEED     N desks with the seeds SEED, SEED + 1, …
Status 0: nothing was found where it should not be, and all where it should. 1: what was found, and where.
"""

import datetime
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from mark_scan import Scan, proved
from marked_desk import DAY, KEPT, UTC, Desk

PERIOD = 30


class Trial:
    def __init__(self, binary, seed, folder):
        self.binary, self.seed, self.folder = binary, seed, pathlib.Path(folder)
        draw = random.Random(seed)
        self.as_of = int(datetime.datetime(2026, 11, 2, 5, tzinfo=UTC).timestamp()) + draw.randint(-40 * DAY, 40 * DAY)
        self.cutoff = self.as_of - PERIOD * DAY
        # Rows in quarantine go by the time of their load, which is the machine's.
        self.end = max(self.as_of, int(time.time())) + 120 * DAY
        self.known = {}
        self.desk = Desk(seed, self.as_of, self.cutoff, count=draw.choice([9, 12, 24]))
        self.archives, self.is_killed = seed % 2 == 0, seed % 4 in (1, 2)
        self.store, self.faults, self.commands = self.folder / "var/countersign.sqlite", [], 0
        for name in ("logs", "printed", "tmp"):
            (self.folder / name).mkdir()
        (self.folder / "countersign.yml").write_text("\n".join([
            f"timezone: {draw.choice(['UTC', 'America/Toronto'])}", "store: sqlite:var/countersign.sqlite",
            "inputs:", "  - path: exports/decisions", "  - path: exports/chatwoot",
            "accounts: [{shop: north.myshopify.com, chatwoot_account: 1, chatwoot_url: https://chat.example/app/accounts/1}]",
            "templates: templates.json", "managers: []", f"retention: {{days: {PERIOD}}}",
            f"ingest: {{max_rejected: 1.0, after_ingest: {'archive' if self.archives else 'keep'}, archive: exports/archive}}", ""]))

    # --- commands ---

    def command(self, words, as_of):
        environment = {**os.environ, "TMPDIR": str(self.folder / "tmp"), "ENABLE_RETENTION_PURGE": "true"}
        moment = datetime.datetime.fromtimestamp(as_of, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.commands += 1
        # What these print is what the store holds.
        is_printing = words[0] == "query" or words[:2] == ("store", "dump")
        log = self.folder / ("printed" if is_printing else "logs") / f"{self.commands:02}-{words[0]}"
        with open(f"{log}.out", "wb") as out, open(f"{log}.err", "wb") as err:
            return log, subprocess.Popen([self.binary, *words, "--as-of", moment], cwd=self.folder, env=environment, stdout=out, stderr=err)

    def run(self, *words, as_of=None, status=None):
        log, process = self.command(words, as_of or self.as_of)
        process.wait()
        # Files that are no exports are told of each time.
        if process.returncode not in (status or (0, 65)):
            said = pathlib.Path(f"{log}.err").read_text()[-2000:]
            raise RuntimeError(f"{' '.join(words)}: status {process.returncode}: {said}")

    def everything(self, as_of, first):
        """All that prints or writes what the store holds."""
        self.run("report", "all", as_of=as_of)
        self.run("report", "all", "--weeks", "4", "--out", "periods", as_of=as_of)
        commands = [("doctor",), ("store", "dump"), ("audit", "verify")] if as_of == self.end else [
            ("retention", "receipts", "--format", "json"), ("retention", "plan"), ("doctor",), ("doctor", "--show-config"),
            ("store", "check"), ("store", "dump"), ("audit", "verify"), ("audit", "log", "--format", "json"),
            ("query", "breaches", "--format", "json"), ("query", "decision", "--format", "csv"), ("query", "sent_reply"),
            ("explain", "edit_patterns", "--rows"), ("explain", "--all"),
        ]
        for words in commands:
            # An archive of which all was purged leaves inputs without a file.
            self.run(*words, as_of=as_of, status=(0, 65, 66) if words == ("doctor",) and self.archives else None)
        day = [datetime.datetime.fromtimestamp(at, UTC).date().isoformat() for at in (first, as_of)]
        self.run("audit", "pack", "--from", day[0], "--to", day[1], "--out", "packs", as_of=as_of)

    # --- what is looked for ---

    def marks(self, kept=KEPT, until=None, since=None):
        return {mark for mark, (what, at) in self.desk.marks.items() if what in kept
                and (until is None or at is not None and at < until) and (since is None or at is None or at >= since)}

    def reported(self):
        """Reports of their weeks name who decided (privacy.operator_emails) and what sending failed with, and stay longer than
        rows do."""
        people = {text.removeprefix("Op ").removesuffix("@desk.example").lower() for person in self.desk.left + self.desk.people
                  for text in (person["name"], person["email"])}
        return people | self.marks(("error",))

    def scan(self, *names):
        return Scan(self.desk.marks, self.known).files(*(self.folder / name for name in names)).found

    def refuse(self, found, marks, when):
        places = {}
        for mark in sorted(found.keys() & marks):
            for place in found[mark]:
                places.setdefault(place.replace(str(self.folder), ""), []).append(mark)
        for place, marks in sorted(places.items()):
            kinds = {"a customer's message" if mark in self.desk.bodies else self.desk.marks[mark][0] for mark in marks}
            self.faults.append(f"{when}: {len(marks)} marks ({', '.join(sorted(kinds))}) in {place}: {', '.join(marks[:4])}")

    def demand(self, found, marks, when):
        missing = sorted(marks - found.keys())
        if missing:
            self.faults.append(f"{when}: {len(missing)} of {len(marks)} marks are not found that should be: {', '.join(missing[:4])}")

    def in_store(self):
        found = self.scan("var")
        for mark, places in Scan(self.desk.marks, self.known).rows(self.store).found.items():
            found.setdefault(mark, set()).update(places)
        return found

    OUTSIDE = ("out", "periods", "logs", "tmp", "packs")

    # --- the trial ---

    def judged(self):
        self.desk.write(self.folder, young=False)
        self.demand(self.scan("exports"), self.marks(until=self.cutoff), "the first exports")
        self.run("run", as_of=self.cutoff)
        self.check_before("before a purge", old=True, young=False)
        self.desk.write(self.folder, young=True)
        self.run("ingest")
        self.check_before("before the purge", old=True, young=True)
        before = self.folder / "before"
        shutil.copytree(self.folder / "var", before)

        if self.is_killed:
            self.kill_purge()
        self.run("retention", "apply", "--purge-anyway")
        if not self.archives:
            # The sources still have all of it.
            self.run("ingest", "--refresh")
        self.run("ingest", "--retry-rejected")
        self.run("ingest", "odd", status=(65,))
        self.everything(self.as_of, self.cutoff - 30 * DAY)
        self.check_after("after the purge", self.as_of)
        self.control(before)
        shutil.rmtree(before)

        self.run("run", "--purge-anyway", as_of=self.end)
        self.everything(self.end, self.as_of)
        self.check_after("after all was purged", self.end)
        return self.faults

    def check_before(self, when, old, young):
        found = self.in_store()
        self.refuse(found, self.marks(("never",)), f"{when}, store")
        wanted = self.marks(("clear", "staff"), since=None if old else self.cutoff, until=None if young else self.cutoff)
        self.demand(found, wanted, f"{when}, store")
        self.refuse(self.scan(*self.OUTSIDE), self.marks() - self.reported(), when)

    def check_after(self, when, as_of):
        cutoff = as_of - PERIOD * DAY
        found = self.in_store()
        self.refuse(found, self.marks(until=cutoff) | self.marks(("never",)), f"{when}, store")
        self.demand(found, self.marks(("clear", "staff"), since=cutoff), f"{when}, store")
        self.refuse(self.scan(*self.OUTSIDE), self.marks() - self.reported(), when)
        self.refuse(self.scan("printed"), self.marks(until=cutoff) | self.marks(("never",)), f"{when}, printed")
        shutil.rmtree(self.folder / "printed")
        (self.folder / "printed").mkdir()
        if self.archives:
            # A list of contacts has no times: it goes by the time of its move, which is the machine's.
            found = {mark: {place for place in places if as_of == self.end or "/contacts-" not in place}
                     for mark, places in self.scan("exports").items()}
            self.refuse(found, self.marks(until=cutoff), f"{when}, archive")

    def kill_purge(self):
        """Kills a purge after its commit: a reader keeps the file from being written anew for as long."""
        reader = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, isolation_level=None)
        reader.execute("begin")
        reader.execute("select count(*) from ledger").fetchone()
        watcher = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, isolation_level=None)
        before = self.purges(watcher)
        _, process = self.command(("retention", "apply", "--purge-anyway"), self.as_of)
        while process.poll() is None and self.purges(watcher) == before:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if self.purges(watcher) == before:
            raise RuntimeError("the purge did not commit")
        reader.close()
        watcher.close()
        # The scan finds them here, in no row any more: deleting alone does not erase.
        purged = self.marks(("clear",), until=self.cutoff) - Scan(self.desk.marks, self.known).rows(self.store).found.keys()
        if len(self.scan("var").keys() & purged) * 4 < len(purged) or not purged:
            self.faults.append("killed before the rewrite: the scan does not find what was purged")
        # What a rewrite leaves that is killed.
        for suffix in (".new", ".new-wal", ".new-journal"):
            shutil.copy(self.folder / "before/countersign.sqlite", f"{self.store}{suffix}")

    @staticmethod
    def purges(connection):
        return connection.execute("select count(*) from ledger where kind = 'retention.purged'").fetchone()[0]

    def control(self, before):
        """The same rows deleted with secure deletion off and no rewrite: the scan must find them."""
        copy = before / self.store.name
        connection = sqlite3.connect(copy, isolation_level=None)
        connection.execute("pragma secure_delete = off")
        connection.execute("attach database ? as purged", [f"file:{self.store}?mode=ro"])
        for (table,) in connection.execute("select name from main.sqlite_schema where type = 'table' and name <> 'ledger'").fetchall():
            keys = [row[1] for row in connection.execute(f"pragma table_info({table})") if row[5]] or ["rowid"]
            same = " and ".join(f"p.{key} = {table}.{key}" for key in keys)
            connection.execute(f"delete from main.{table} where not exists (select 1 from purged.{table} as p where {same})")
        connection.execute("detach database purged")
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.close()
        purged = self.marks(("clear",), until=self.cutoff) - Scan(self.desk.marks, self.known).rows(copy).found.keys()
        found = self.scan("before").keys() & purged
        if len(found) * 4 < len(purged):
            self.faults.append(f"without secure deletion and rewrite: the scan finds {len(found)} of {len(purged)} marks")


def main():
    binary, count, first = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]), int(sys.argv[3])
    proved()
    bad, marks = 0, 0
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory(prefix="countersign-gone-") as folder:
            trial = Trial(binary, seed, folder)
            faults = trial.judged()
        bad += bool(faults)
        marks += len(trial.desk.marks)
        for fault in faults[:20]:
            print(f"seed {seed}: {fault}")
    print(f"{count} desks, {marks} marks, {bad} desks in which one was found or missed (seeds {first} to {first + count - 1})")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
