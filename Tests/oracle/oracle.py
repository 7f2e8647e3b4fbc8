#!/usr/bin/env python3
"""An independent second implementation of four KPIs, made from the definitions alone: breach_trend, edit_patterns,
repeat_customers and manager_ack. `scripts/oracle` compares it with the program on made data sets.

    oracle.py FOLDER --as-of 2026-11-02T05:00:00Z [--week 2026-W44] [--clock created|first_reply|waiting]
"""

import argparse
import json

from conventions import Calendar, text
from edits import edit_patterns
from facts import MINUTE, Managers, conversations, customers, escalations
from figures import breach_trend, manager_ack, repeat_customers
from reading import instant, load


def document(folder, as_of, week=None, clock=None):
    data = load(folder)
    as_of = instant(as_of)
    settings = data.settings.get("sla") or {}
    clock = clock or settings.get("clock") or "created"
    sla = (settings.get("breach_minutes") or 60) * MINUTE
    zone = data.settings.get("timezone") or "UTC"
    calendar = Calendar(zone)
    monday = calendar.report_week(as_of, week)
    span = calendar.week_from(monday)
    facts = conversations(data, as_of, clock, sla)
    managers = Managers(data)
    cases = escalations(data, facts, managers, as_of)
    customer_of = {account: customers(data, account, as_of) for account in data.accounts}

    def entry(name, accounts):
        mine = [one for one in facts if one.account in accounts]
        decisions = [one for one in data.decisions
                     if one.at <= as_of and one.account in accounts]
        return {
            "account": name,
            "breach_trend": breach_trend(mine, calendar, monday, as_of, clock, sla),
            "edit_patterns": edit_patterns(data, mine, decisions, span),
            "repeat_customers": repeat_customers(mine, customer_of, span),
            "manager_ack": manager_ack([case for case in cases if case.account in accounts], managers, span, as_of,
                                       settings.get("manager_ack_minutes") or 120, settings.get("manager_update_hours") or 24),
        }

    entries = [entry(name, [name]) for name in data.accounts]
    if len(entries) > 1:
        entries.insert(0, entry("*", data.accounts))
    return {"as_of": text(as_of), "timezone": zone,
            "window": {"week": span.name, "start": text(span.start), "end": text(span.end)}, "accounts": entries}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--week")
    parser.add_argument("--clock", choices=["created", "first_reply", "waiting"])
    options = parser.parse_args()
    print(json.dumps(document(options.folder, options.as_of, options.week, options.clock), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
