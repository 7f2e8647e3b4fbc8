#!/usr/bin/env python3
"""Makes N data sets of edges, lets the program and the oracle report each, and compares every figure.

    compare.py BINARY N SEED [--all-kinds]      N data sets with the seeds SEED, SEED + 1, …; also with webhooks and contact lists
Status 0: all equal. 1: a difference, printed with its path, both values and the seed that makes it again.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

from edges import Edges
from oracle import document

# Of these the program says more than a number; its word must be one of the page's.
REASONS = {"refund_over_limit", "risk_word", "supervisor_request", "policy_exception", "breach_over_2h", "other", "not_stated"}


def differences(theirs, ours, path=""):
    """Where the program's value differs from the oracle's; keys that only the program has are no difference."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key, value in ours.items():
            if key not in theirs:
                yield f"{path}/{key}", "missing", value
            else:
                yield from differences(theirs[key], value, f"{path}/{key}")
        if "/cases/" in path and theirs["reason"] not in REASONS:
            yield f"{path}/reason", theirs["reason"], "a reason of the page"
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(theirs, ours)):
            yield from differences(one, other, f"{path}/{index}")
    elif theirs != ours or isinstance(theirs, bool) != isinstance(ours, bool):
        yield path, theirs, ours


def run_without_some(command, folder, seed):
    """A run before the last one, at which some of the files have not arrived yet."""
    files = sorted(path for part in ("chatwoot", "decisions") for path in (folder / part).iterdir())
    late = random.Random(seed).sample(files, len(files) // 2)
    for path in late:
        path.rename(folder / f"{path.parent.name}-{path.name}")
    subprocess.run(command, cwd=folder, capture_output=True)
    for path in late:
        (folder / f"{path.parent.name}-{path.name}").rename(path)


def trial(binary, seed, with_all_kinds):
    with tempfile.TemporaryDirectory(prefix="countersign-oracle-") as folder:
        folder = pathlib.Path(folder)
        Edges(seed, with_all_kinds).write(folder)
        case = json.loads((folder / "case.json").read_text())
        named = case["week"] if case["is_named"] else None
        command = [binary, "run", "--quiet", "--as-of", case["as_of"], *(["--week", named] if named else [])]
        if seed % 2:
            run_without_some(command, folder, seed)
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if run.returncode != 0:
            return [("status", run.returncode, run.stderr.strip())]
        theirs = json.loads((folder / "out" / case["week"] / "kpis.json").read_text())
        return list(differences(theirs, document(folder, case["as_of"], named)))


def main():
    binary, count, first = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    different = 0
    for seed in range(first, first + count):
        found = trial(binary, seed, "--all-kinds" in sys.argv)
        different += bool(found)
        for path, theirs, ours in found[:12]:
            print(f"seed {seed}: {path}: the program says {json.dumps(theirs)}, the oracle {json.dumps(ours)}")
        if len(found) > 12:
            print(f"seed {seed}: and {len(found) - 12} more")
    print(f"{count} data sets, {different} with a difference (seeds {first} to {first + count - 1})")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
