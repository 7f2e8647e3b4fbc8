#!/usr/bin/env python3
"""Checks the program's statistics against packages that others wrote: Wilson intervals against statsmodels,
Kaplan–Meier quantiles against lifelines, the control chart against pandas.

    check_statistics.py BINARY N SEED       N data sets of edges, and N desks with random escalations and breaches
Status 0: all equal to the printed digits. 1: a difference, printed with the data set and both values.
"""

import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import pandas
from lifelines import KaplanMeierFitter
from statsmodels.stats.proportion import proportion_confint

from cases import DAY, MO, WEEK, Desk, moment
from edges import Edges

HALF_DIGIT = 0.00005 + 1e-9


def milliseconds(text):
    return int(datetime.datetime.fromisoformat(text).timestamp() * 1000 + 0.5)


def is_near(one, other):
    return one == other if one is None or other is None else abs(one - other) <= HALF_DIGIT


# --- the program's figures and theirs -------------------------------------------------------------------------------


def intervals(ack):
    """(name, what the program says, what statsmodels says) of the two compliances."""
    for name in ("ack", "update"):
        of, due = ack[name], ack[name]["due_cases"]
        if due == 0:
            yield f"{name}.interval", of["interval"], None
            continue
        lower, upper = proportion_confint(round(of["compliance"] * due), due, alpha=0.05, method="wilson")
        yield f"{name}.interval.lower", of["interval"][0], lower
        yield f"{name}.interval.upper", of["interval"][1], upper


def survival(ack, as_of):
    """The first time at which lifelines' estimate is at most a half, a tenth."""
    spans = [milliseconds(one["ack_at"] or as_of) - milliseconds(one["escalated_at"]) for one in ack["cases"]]
    if not spans:
        return
    seen = [one["ack_at"] is not None for one in ack["cases"]]
    estimate = KaplanMeierFitter().fit(spans, event_observed=seen).survival_function_["KM_estimate"]
    for name, level in (("median_seconds", 0.5), ("p90_seconds", 0.1)):
        reached = estimate.index[estimate <= level + 1e-9]
        yield f"ack.{name}", ack["ack"][name], int(reached[0]) // 1000 if len(reached) else None


def chart(trend):
    days = pandas.Series([day["breaches"] for day in trend["days"]], index=[day["date"] for day in trend["days"]], dtype=float)
    centre, reach = days.mean(), 2.66 * days.diff().abs().mean()
    upper, lower = centre + reach, max(0.0, centre - reach)
    of = trend["control_chart"]
    yield from (("centre", of["centre"], centre), ("upper", of["upper"], upper), ("lower", of["lower"], lower))
    beyond = days[(days > upper + 1e-9) | (days < lower - 1e-9)]
    above, below = days > centre + 1e-9, days < centre - 1e-9
    runs = days[(above.rolling(8).sum() == 8) | (below.rolling(8).sum() == 8)]
    signals = sorted([(date, "beyond_limit") for date in beyond.index] + [(date, "run_of_8") for date in runs.index])
    yield "signals", [(one["date"], one["rule"]) for one in of["signals"]], signals


def differences(document):
    for account in document["accounts"]:
        found = list(chart(account["breach_trend"]))
        if account["manager_ack"].get("measurable", True):
            found += [*intervals(account["manager_ack"]), *survival(account["manager_ack"], document["as_of"])]
        for name, theirs, packages in found:
            is_same = theirs == packages if name == "signals" else is_near(theirs, packages)
            if not is_same:
                yield account["account"], name, theirs, packages


# --- data sets ------------------------------------------------------------------------------------------------------


def random_desk(seed):
    """Escalations acknowledged at random or not at all, with ties; days with random breaches, shifts and a peak."""
    chance = random.Random(seed)
    desk, share = Desk(), chance.choice([0.3, 0.7, 0.95, 1])
    desk.message(0, "customer")  # without any message nothing is measurable
    for number in range(1, chance.choice([0, 1, 2, 5, 10, 10, 40, 40]) + 1):
        start = chance.uniform(0, WEEK - 1)
        desk.decision(start, "chatwoot.escalate", number=number)
        if chance.random() < share:
            gap = chance.choice([chance.expovariate(1 / 90), chance.expovariate(1 / 900), 60, 120, 120, DAY])
            desk.message(start + max(gap, 0.1), "note", user=MO, number=number)
    number, level = 1000, chance.choice([0, 1, 4])
    for day in range(-21, 7):
        level = chance.choice([0, 1, 2, 6]) if chance.random() < 0.1 else level
        for _ in range(max(0, level + chance.choice([-1, 0, 0, 1]) + (12 if chance.random() < 0.03 else 0))):
            number += 1
            desk.conversation(day * DAY + chance.randint(0, 22 * 60), number)
    return desk, moment(WEEK + chance.choice([0, 1, DAY, 5 * DAY])), "2026-W46"


def edges(folder, seed):
    Edges(seed, is_plain=True).write(folder)
    case = json.loads((folder / "case.json").read_text())
    return case["as_of"], case["week"]


def report(binary, seed, is_random):
    with tempfile.TemporaryDirectory(prefix="countersign-statistics-") as folder:
        folder = pathlib.Path(folder)
        if is_random:
            desk, as_of, week = random_desk(seed)
            desk.write(folder)
        else:
            as_of, week = edges(folder, seed)
        run = subprocess.run([binary, "run", "--quiet", "--as-of", as_of, "--week", week], cwd=folder, capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(f"seed {seed}: status {run.returncode}: {run.stderr.strip()}")
        return json.loads((folder / "out" / week / "kpis.json").read_text())


def main():
    binary, count, first = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3])
    different = 0
    for seed in range(first, first + count):
        for is_random in (True, False):
            for account, name, theirs, packages in differences(report(binary, seed, is_random)):
                different += 1
                kind = "random desk" if is_random else "edges"
                print(f"seed {seed}, {kind}: {account} {name}: the program says {theirs}, the packages {packages}")
    print(f"{2 * count} data sets, {different} differences (seeds {first} to {first + count - 1})")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
