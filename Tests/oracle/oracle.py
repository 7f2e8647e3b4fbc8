#!/usr/bin/env python3
"""An independent second implementation of the KPIs, made from the definitions alone. `scripts/oracle` compares it with
the program on made data sets.

    oracle.py FOLDER --as-of 2026-11-02T05:00:00Z [--week 2026-W44] [--weeks 4] [--clock created|first_reply|waiting]
"""

import argparse
import json

from accountability import accountability
from acknowledgement import customer_ack
from candidates import candidates
from controls import controls
from conventions import Calendar, Span, text
from delivery import Attempts, delivery, sync_health
from edits import edit_patterns, edit_rows
from facts import HOUR, MINUTE, Managers, conversations, customers, escalations, not_exported
from figures import breach_trend, manager_ack, repeat_customers
from opening import Opening
from outcomes import outcomes
from quality import data_quality
from reading import instant, load
from reconciliation import Reconciliation, reconciliation
from register import register
from triage import triage
from words import Words
from world import World


def document(folder, as_of, week=None, clock=None, weeks=1):
    data = load(folder)
    as_of = instant(as_of)
    settings = data.settings.get("sla") or {}
    clock = clock or settings.get("clock") or "created"
    sla = (settings.get("breach_minutes") or 60) * MINUTE
    zone = data.settings.get("timezone") or "UTC"
    calendar, opening = Calendar(zone), Opening(settings.get("business_hours"), zone)
    monday = calendar.report_week(as_of, week)
    spans = calendar.weeks(monday, weeks)
    window = Span(spans[-1].name, spans[0].start, spans[-1].end)
    facts = conversations(data, as_of, clock, sla, opening)
    managers = Managers(data)
    cases = escalations(data, facts, managers, as_of)
    others = list(not_exported(data, as_of))
    world = World(data, facts, others, cases, managers, window, as_of, opening)
    words, attempts = Words(data.settings), Attempts(data, as_of)
    customer_of = {account: customers(data, account, as_of) for account in data.accounts}

    minimum = (data.settings.get("edits") or {}).get("min_support") or 2

    def edits(mine, decisions):
        rows, names = edit_rows(data, mine, decisions, window)
        found = edit_patterns(rows)
        return {**found, "outcomes": outcomes(world, customer_of, rows, [one["template"] for one in found["templates"]]),
                "candidates": candidates(rows, names, minimum)}

    def entry(name, accounts):
        mine = [one for one in facts if one.account in accounts]
        # Breaches that a dashboard snapshot records of conversations that were not exported.
        recorded = [one for one in others if one.account in accounts and one.breached_at is not None]
        decisions = [one for one in data.decisions if one.at <= as_of and one.account in accounts]
        of_account = attempts.of(accounts, name == "*")
        reconciled = Reconciliation(world, accounts, of_account, attempts)
        return {
            "account": name,
            "breach_trend": breach_trend(mine + recorded, calendar, monday, window, as_of, clock, sla, opening),
            "triage": triage(world, accounts),
            "edit_patterns": edits(mine, decisions),
            "repeat_customers": repeat_customers(mine, customer_of, window),
            "manager_ack": manager_ack([case for case in cases if case.account in accounts], managers, window, as_of, opening,
                                       world.ack_time // MINUTE, world.update_time // HOUR),
            "customer_ack": customer_ack(world, accounts),
            "delivery": delivery(world, accounts),
            "sync_health": sync_health(world, of_account, attempts.all),
            "controls": controls(world, accounts, words, reconciled, attempts.succeeded),
            "reconciliation": reconciliation(reconciled),
            "escalations": register(world, accounts, words, calendar),
            "accountability": accountability(world, accounts),
            "data_quality": data_quality(world, accounts),
        }

    entries = [entry(name, [name]) for name in data.accounts]
    if len(entries) > 1:
        entries.insert(0, entry("*", data.accounts))
    return {"as_of": text(as_of), "timezone": zone,
            "window": {"week": window.name, "start": text(window.start), "end": text(window.end),
                       **({"weeks": weeks} if weeks > 1 else {})},
            "accounts": entries}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--week")
    parser.add_argument("--weeks", type=int, default=1)
    parser.add_argument("--clock", choices=["created", "first_reply", "waiting"])
    options = parser.parse_args()
    made = document(options.folder, options.as_of, options.week, options.clock, options.weeks)
    print(json.dumps(made, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
