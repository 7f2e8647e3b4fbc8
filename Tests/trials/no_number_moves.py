#!/usr/bin/env python3
"""No number moves (audit.md): on made data sets of edges, the KPI documents of every week that begins inside retention are
the same before and after a purge, and after every file was read once more. What a purge is about, data_quality and RET-001, is
set aside. Often the cut-off lies on a row's own time or a second beside it, and data sets and accounts have periods of their own.

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
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))

from edges import Edges  # noqa: E402

DAY, SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)
SETS = ["decisions", "sync_attempts", "messages", "conversations", "events", "suggestions", "breach_snapshots", "figures"]


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
        edges = Edges(seed, seed % 3 == 0, False)
        edges.write(self.folder)
        self.as_of = json.loads((self.folder / "case.json").read_text())["as_of"]
        self.now = datetime.datetime.fromisoformat(self.as_of)
        self.zone = zoneinfo.ZoneInfo(edges.zone)
        self.days = self.shortest = self.random.choice([9, 16, 23, 30, 45, 90])
        if self.random.random() < 0.5:
            moment = datetime.datetime.fromtimestamp(self.random.choice(self.moments(edges)), datetime.UTC)
            self.now = moment + self.days * DAY + self.random.choice([-1, 0, 0, 1]) * SECOND
            self.as_of = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        if self.random.random() < 0.5:
            self.differ(edges)
        if edges.attempts:
            self.straddle(edges.decisions)

    @staticmethod
    def moments(edges):
        """Times of rows, in whole seconds."""
        told = [row["createdAt"] for row in edges.decisions] + [row["timestamp"] for row in edges.attempts]
        return [row["created_at"] for row in edges.conversations + edges.messages] + [
            int(datetime.datetime.fromisoformat(time).timestamp()) for time in told]

    def straddle(self, decisions):
        """Attempts on the other side of the cut-off than their decision, and decisions that have the id of one there."""
        cutoff = self.now - self.shortest * DAY
        old, new = [], []
        for row in decisions:
            (old if datetime.datetime.fromisoformat(row["createdAt"]) < cutoff else new).append(row)

        def some(rows, count):
            return self.random.sample(rows, min(count, len(rows)))

        def away(sign):
            return (cutoff + sign * self.random.uniform(1, 15 * 86_400) * SECOND).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

        def attempt(row, sign):
            return {"decisionId": row["id"], "timestamp": away(sign), "attempt": self.random.randint(1, 5), "durationMs": 100,
                    "scope": "ops", "status": self.random.choice(["SUCCESS", "FAILURE"])}

        attempts = [attempt(row, -1) for row in some(new, 5)] + [attempt(row, 1) for row in some(old, 5)]
        copies = [{**row, "createdAt": away(1)} for row in some(old, 2)]
        for name, rows in ("sync-2", attempts), ("decisions-2", copies):
            (self.folder / f"decisions/{name}.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows))

    def differ(self, edges):
        """Longer periods for some sets, for one account or both; the shortest stays that of all."""
        def longer():
            return self.shortest + self.random.choice([1, 5, 7, 30])

        def sets():
            return {name: longer() for name in self.random.sample(SETS, self.random.randint(0, 3))}

        own = {shop: {**({"days": longer()} if self.random.random() < 0.5 else {}), "sets": sets()}
               for shop in edges.shops if self.random.random() < 0.5}
        path = self.folder / "countersign.yml"
        text = path.read_text().replace("retention: {enabled: false}", f"retention: {json.dumps({'enabled': False, 'sets': sets()})}")
        for shop, periods in own.items():
            text = text.replace(f"{{shop: {shop},", f"{{shop: {shop}, retention: {json.dumps(periods)},")
        path.write_text(text)

    def run(self, *words, days=None):
        settings = {"ENABLE_RETENTION_PURGE": "true", "COUNTERSIGN_RETENTION_DAYS": str(days)} if days else {
            "ENABLE_RETENTION_PURGE": "false"}
        run = subprocess.run([self.binary, *words], cwd=self.folder, env={**os.environ, **settings}, capture_output=True, text=True)
        if run.returncode:
            raise RuntimeError(f"{' '.join(words)}: status {run.returncode}: {run.stderr.strip()[-2000:]}")
        return run.stdout

    def weeks(self):
        """The first four weeks that begin at the cut-off or later, if `as_of` is not before: the longest reach of what went."""
        day, weeks = (self.now - self.shortest * DAY).astimezone(self.zone).date(), []
        while day <= self.now.astimezone(self.zone).date():
            begin = datetime.datetime.combine(day, datetime.time(), self.zone)
            if day.weekday() == 0 and begin.astimezone(datetime.UTC) >= self.now - self.shortest * DAY:
                year, week, _ = day.isocalendar()
                weeks.append(f"{year}-W{week:02}")
            day += DAY
        return weeks[:4]

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
        # What is over its time is refused when its file is read again.
        self.run("ingest", "--refresh", "--quiet", "--as-of", self.as_of, days=self.days)
        read = self.documents("read")
        found += [(f"{week} read again", *one) for week in before for one in differences(read[week], again[week])]
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
