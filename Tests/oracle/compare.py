#!/usr/bin/env python3
"""Makes N data sets of edges, lets the program and the oracle report each, and compares every figure.

    compare.py BINARY N SEED [--all-kinds] [--only KPI,…] [--plain]
        N data sets with the seeds SEED, SEED + 1, …
        --all-kinds   also with webhooks and contact lists
        --only        these KPIs alone: triage,delivery
        --plain       around the clock, with default rules, and of one week
Status 0: all equal. 1: a difference, printed with its path, both values and the seed that makes it again.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from differences import differences, only
from edges import Edges
from oracle import document


def run_without_some(command, folder, seed):
    """A run before the last one, at which some of the files have not arrived yet."""
    files = sorted(path for part in ("chatwoot", "decisions") for path in (folder / part).iterdir())
    late = random.Random(seed).sample(files, len(files) // 2)
    for path in late:
        path.rename(folder / f"{path.parent.name}-{path.name}")
    subprocess.run(command, cwd=folder, capture_output=True)
    for path in late:
        (folder / f"{path.parent.name}-{path.name}").rename(path)


def theirs(binary, folder, case, named):
    """The program's KPI document, or a text that says how it failed."""
    when = ["--as-of", case["as_of"], *(["--week", named] if named else [])]
    run = subprocess.run([binary, "run", "--quiet", *when], cwd=folder, capture_output=True, text=True)
    if run.returncode == 0 and case["weeks"] > 1:
        run = subprocess.run([binary, "report", "weekly", *when, "--weeks", str(case["weeks"]), "--format", "json", "--stdout"],
                             cwd=folder, capture_output=True, text=True)
    if run.returncode != 0:
        return f"status {run.returncode}: {run.stderr.strip()}"
    return json.loads(run.stdout if case["weeks"] > 1 else (folder / "out" / case["week"] / "kpis.json").read_text())


def without_numbers(document):
    """Without the register's numbers: what arrived late got the next one."""
    for account in document["accounts"]:
        for entry in account.get("escalations", []):
            entry.pop("id")
    return document


def trial(binary, seed, options):
    with tempfile.TemporaryDirectory(prefix="countersign-oracle-") as folder:
        folder = pathlib.Path(folder)
        Edges(seed, options.all_kinds, options.plain).write(folder)
        case = json.loads((folder / "case.json").read_text())
        named = case["week"] if case["is_named"] else None
        ours = only(document(folder, case["as_of"], named, weeks=case["weeks"]), options.only)
        if seed % 2:
            run_without_some([binary, "run", "--quiet", "--as-of", case["as_of"], "--week", case["week"]], folder, seed)
            ours = without_numbers(ours)
        found = theirs(binary, folder, case, named)
        return [("", found, "a document")] if isinstance(found, str) else list(differences(found, ours))


def shown(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else f"{text[:400]}… ({len(text)} characters)"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("count", type=int)
    parser.add_argument("first", type=int)
    parser.add_argument("--all-kinds", action="store_true")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[])
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    different = 0
    for seed in range(options.first, options.first + options.count):
        found = trial(options.binary, seed, options)
        different += bool(found)
        for path, theirs_is, ours_is in found[:12]:
            print(f"seed {seed}: {path}: the program says {shown(theirs_is)}, the oracle {shown(ours_is)}")
        if len(found) > 12:
            print(f"seed {seed}: and {len(found) - 12} more")
    print(f"{options.count} data sets, {different} with a difference (seeds {options.first} to {options.first + options.count - 1})")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
