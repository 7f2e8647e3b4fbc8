"""Tables of `scripts/bench kpis`: seconds by size with the exponent of growth, and a day beside the first load.

    growth.py sizes FOLDER QUERIES   FOLDER/growth-{1,4,16}: run.steps, report-{1,2,3}.steps and *.whole
    growth.py day FOLDER             FOLDER: first, second-{1,2,3} and unchanged, .steps and .whole
"""
import collections
import json
import math
import pathlib
import sys

SIZES = (1, 4, 16)
# Growth above this exponent is worse than linear; below so many seconds there is nothing to judge.
WORSE, NOISE_SECONDS = 1.1, 0.01


def steps(path):
    """Seconds by step: a step may come many times, a file or a query at a time."""
    seconds = collections.Counter()
    for line in path.read_text().splitlines():
        step = json.loads(line)
        seconds[step["step"]] += step["seconds"]
    return seconds


def whole(path):
    """Seconds and peak in MB of a whole command."""
    seconds, peak = path.read_text().split()
    return float(seconds), float(peak) / 1024


def kpis(queries):
    """The KPI that each query is read for: its header's `reduce`."""
    found = {}
    for path in sorted(pathlib.Path(queries, "kpis").glob("*.sql")):
        for line in path.read_text().splitlines():
            if line.startswith("-- reduce:"):
                found["query." + path.stem] = line.split(":", 1)[1].strip()
    return found


def exponent(small, large):
    return math.log(large / small, 4) if small > 0 and large > 0 else None


class Table:
    def __init__(self, title):
        print(f"\n{title:<40} {'1x':>10} {'4x':>10} {'16x':>10} {'1-4':>6} {'4-16':>6}")
        self.worse = []

    def row(self, name, values, unit="s"):
        grown = [exponent(*pair) for pair in zip(values, values[1:])]
        digits = 3 if unit == "s" else 0
        shown = " ".join(f"{value:>10.{digits}f}" for value in values)
        print(f"{name:<40} {shown} " + " ".join(f"{g:>6.2f}" if g is not None else f"{'-':>6}" for g in grown))
        if grown[-1] is not None and grown[-1] > WORSE and (unit != "s" or values[-1] > NOISE_SECONDS):
            self.worse.append(f"{name} ({grown[-1]:.2f})")


def sizes(folder, queries):
    folders = [pathlib.Path(folder, f"growth-{size}") for size in SIZES]
    runs = [steps(folder / "run.steps") for folder in folders]
    # The least of three: what a query takes when nothing else does.
    rounds = [[steps(folder / f"report-{n}.steps") for n in (1, 2, 3)] for folder in folders]
    reports = [{name: min(r[name] for r in each) for name in each[0]} for each in rounds]
    worse = []

    table = Table("step of the first run (s)")
    for name in ("parse", "store", "ingest", "derive", "retention", "report"):
        table.row(name, [run[name] for run in runs])
    table.row("whole first run", [whole(folder / "run.whole")[0] for folder in folders])
    table.row("peak memory (MB)", [whole(folder / "run.whole")[1] for folder in folders], unit="MB")
    worse += table.worse

    owner = kpis(queries)
    of_kpi = [collections.Counter() for _ in SIZES]
    for sums, report in zip(of_kpi, reports):
        for name, seconds in report.items():
            if name.startswith("query."):
                sums["controls" if name.startswith("query.controls/") else owner.get(name, "other")] += seconds
    table = Table("KPI: its queries (s, least of three)")
    for name in sorted(of_kpi[-1]):
        table.row(name, [sums[name] for sums in of_kpi])
    table.row("all queries", [sum(sums.values()) for sums in of_kpi])
    table.row("the document, Swift's part too", [report["document"] for report in reports])
    worse += table.worse

    table = Table("query (s, least of three)")
    for name in sorted((n for n in reports[-1] if n.startswith("query.")), key=lambda n: -reports[-1][n]):
        table.row(name.removeprefix("query."), [report.get(name, 0) for report in reports])
    worse += table.worse

    print(f"\nworse than linear (exponent over {WORSE} from 4x to 16x, and over {NOISE_SECONDS * 1000:.0f} ms): "
          + (", ".join(worse) or "nothing"))


def day(folder):
    parts = {}
    print(f"\n{'a day added to 90 (s)':<28} {'first run':>10} {'the day':>10} {'1/N':>7} {'unchanged':>10}")
    seconds = {run: whole(pathlib.Path(folder, f"second-{run}.whole"))[0] for run in (1, 2, 3)}
    # The second run is short, and a noisy moment would show: the median of three.
    second = f"second-{sorted(seconds, key=lambda run: seconds[run])[1]}"
    runs = [steps(pathlib.Path(folder, f"{run}.steps")) for run in ("first", second, "unchanged")]
    wholes = [whole(pathlib.Path(folder, f"{run}.whole"))[0] for run in ("first", second, "unchanged")]

    def row(name, values):
        share = f"{values[0] / values[1]:>7.1f}" if values[1] else f"{'-':>7}"
        print(f"{name:<28} {values[0]:>10.3f} {values[1]:>10.3f} {share} {values[2]:>10.3f}")
        parts[name] = values

    for name in ("ingest", "derive"):
        row(name, [run[name] for run in runs])
    row("load: ingest and derive", [run["ingest"] + run["derive"] for run in runs])
    row("retention", [run["retention"] for run in runs])
    row("report (its own fixed cost)", [run["report"] for run in runs])
    row("whole run", wholes)
    first, second, _ = parts["load: ingest and derive"]
    print(f"a day costs 1/{first / second:.1f} of the first load")


if __name__ == "__main__":
    {"sizes": sizes, "day": day}[sys.argv[1]](*sys.argv[2:])
