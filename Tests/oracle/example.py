#!/usr/bin/env python3
"""Compares the oracle with the published figures of the example week, once for each SLA clock.

    example.py [FOLDER]      default: fixtures/week-44
Status 0: every figure is the same. 1: a difference, printed with its path and both values.
"""

import json
import pathlib
import sys

from differences import differences
from oracle import document


def main():
    default = pathlib.Path(__file__).resolve().parents[2] / "fixtures/week-44"
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    found = []
    for clock in ("created", "first_reply", "waiting"):
        published = json.loads((folder / f"expected-{clock}.json").read_text())
        published.pop("schema")
        ours = document(folder, published["as_of"], published["window"]["week"], clock)
        # What is published must be there; the oracle has figures beside it.
        for account in ours["accounts"]:
            for case in account["manager_ack"]["cases"]:
                case["reason"] = "other"  # the oracle gives none
        found += [(clock, *one) for one in differences(ours, published)]
    for clock, path, ours, published in found:
        print(f"{clock}: {path}: the oracle says {json.dumps(ours)}, published is {json.dumps(published)}")
    print(f"example: 3 clocks, {len(found)} differences")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
