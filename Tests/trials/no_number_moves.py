#!/usr/bin/env python3
"""No number moves (audit.md): on made data sets of edges, the KPI documents of every week that begins inside retention are
the same before and after a purge. What a purge is about, data_quality and RET-001, is set aside.

    no_number_moves.py BINARY N SEED     N data sets with the seeds SEED, SEED + 1, …
Status 0: nothing moved. 1: a figure moved, printed with its path, both values and the seed that makes it again.
"""

import datetime
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))

from edges import Edges  # noqa: E402

DAY = datetime.timedelta(days=1)


def differences(one, other, path=""):
    """(path, value, other value) of everything that is not the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            yield from differences(one.get(key), other.get(key), f"{path}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other)):
            yield from differences(*pair, f"{path}/{index}")
    elif one != other or type(one) is not type(other):
        yield path, one, other


class Trial:
    def __init__(self, binary, seed, folder):
        self.binary, self.folder, self.random = binary, pathlib.Path(folder), random.Random(seed)
        Edges(seed, seed % 3 == 0, False).write(self.folder)
        self.as_of = json.loads((self.folder / "case.json").read_text())["as_of"]
        self.now = datetime.datetime.fromisoformat(self.as_of)
        self.days = self.random.choice([9, 16, 23, 30, 45, 90])

    def run(self, *words, days=None):
        settings = {"ENABLE_RETENTION_PURGE": "true", "COUNTERSIGN_RETENTION_DAYS": str(days)} if days else {
            "ENABLE_RETENTION_PURGE": "false"}
        run = subprocess.run([self.binary, *words], cwd=self.folder, env={**os.environ, **settings}, capture_output=True, text=True)
        if run.returncode:
            raise RuntimeError(f"{' '.join(words)}: status {run.returncode}: {run.stderr.strip()[-2000:]}")
        return run.stdout

    def weeks(self):
        """Weeks that begin at the cut-off or later, whatever the time zone, up to the one that holds `as_of`."""
        day, weeks = self.now - self.days * DAY + 8 * DAY, []
        while day <= self.now:
            year, week, _ = day.isocalendar()
            weeks.append(f"{year}-W{week:02}")
            day += 7 * DAY
        return weeks

    def documents(self, out):
        for week in self.weeks():
            self.run("report", "weekly", "--quiet", "--as-of", self.as_of, "--week", week, "--format", "json", "--out", out, days=self.days)
        return {week: self.figures(self.folder / out / week / "kpis.json") for week in self.weeks()}

    @staticmethod
    def figures(path):
        document = json.loads(path.read_text())
        del document["data_quality"]
        for account in document["accounts"]:
            account.pop("data_quality", None)
            account["controls"] = [control for control in account.get("controls", []) if control["id"] != "RET-001"]
        return document


    def moved(self):
        """(week, path, after, before) of every figure that moved, and how many rows the purge took."""
        # The rows come in without a cut-off: none expires on arrival.
        self.run("run", "--quiet", "--as-of", self.as_of, "--out", "all")
        before = self.documents("before")
        receipt = json.loads(self.run("retention", "apply", "--quiet", "--as-of", self.as_of, "--purge-anyway", days=self.days))
        after = self.documents("after")
        # A further run finds nothing that changes them either.
        self.run("run", "--quiet", "--as-of", self.as_of, "--out", "again", days=self.days)
        again = self.documents("again")
        found = [(week, *one) for week in before for one in differences(after[week], before[week])]
        found += [(f"{week} once more", *one) for week in before for one in differences(again[week], after[week])]
        return found, sum(set["purged"] for set in receipt["sets"])


def main():
    binary, count, first = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    bad, purged = 0, 0
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory(prefix="countersign-retention-") as folder:
            found, rows = Trial(str(pathlib.Path(binary).resolve()), seed, folder).moved()
        bad += bool(found)
        purged += rows
        for week, path, after, before in found[:8]:
            print(f"seed {seed}, {week}: {path}: {json.dumps(before)[:300]} before the purge, {json.dumps(after)[:300]} after it")
    print(f"{count} stores, {purged} rows purged, {bad} stores in which a number moved (seeds {first} to {first + count - 1})")
    sys.exit(1 if bad or not purged else 0)


if __name__ == "__main__":
    main()
