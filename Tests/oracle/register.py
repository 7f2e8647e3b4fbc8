"""The escalation register (§11)."""

from conventions import text
from facts import HOUR
from words import note_of
from world import TEN_MINUTES, key_of

TARGETS = {"critical": 1 * HOUR, "high": 4 * HOUR, "medium": 24 * HOUR, "low": 72 * HOUR}
PRIORITIES = {"urgent": "critical", "high": "high", "medium": "medium", "low": "low"}


def numbers(world, calendar):
    """By id() of an escalation, its number: by year of the start within the account."""
    counts, found = {}, {}
    for case in world.cases:
        year = calendar.local(case.start).year
        counts[case.account, year] = counts.get((case.account, year), 0) + 1
        found[id(case)] = f"ESC-{year}-{counts[case.account, year]:03d}"
    return found


def severity(world, case, words, facts_of):
    one = facts_of.get(key_of(case))
    row = one.row if one else {}
    named = [label.strip().lower().removeprefix("severity:") for label in row.get("labels") or []
             if label.strip().lower().startswith("severity:")]
    named.append(str((row.get("custom_attributes") or {}).get("severity") or "").strip().lower())
    for name in [*named, PRIORITIES.get(row.get("priority"))]:
        if name in TARGETS:
            return name
    # What was known at its start, and what the escalating operator wrote.
    customer = [m.text for m in world.of_kind(key_of(case), "customer") if m.at <= case.start]
    notes = [m.text for m in world.of_kind(key_of(case), "note") if m.at <= case.start]
    own = [d for d in world.decisions_of(key_of(case))
           if d.action == "chatwoot.escalate" and case.start <= d.at <= case.start + TEN_MINUTES]
    own = [note_of(own[0]) or ""] if own else []
    if any(map(words.names_large_refund, customer + own)) or any(map(words.is_risky, customer + notes + own)):
        return "high"
    if one and one.breached_at is not None and world.opening.is_over(case.start, one.breached_at, 2 * HOUR):
        resolved = one.resolved_after(one.breached_at)
        return "high" if resolved is None or resolved > case.start else "medium"
    return "medium"


def target_met(world, case, allowed):
    """Whether the first staff act came in time; None while it may still come."""
    for at, act in world.acts(key_of(case)):
        if at > case.start and getattr(act, "action", "") != "chatwoot.escalate":
            return not world.opening.is_over(at, case.start, allowed)
    return False if world.opening.is_over(world.as_of, case.start, allowed) else None


def register(world, accounts, words, calendar):
    given = numbers(world, calendar)
    facts_of = {one.key: one for one in world.conversations}
    entries = []
    for case in world.cases_in_window(accounts):
        level = severity(world, case, words, facts_of)
        entries.append({"id": given[id(case)], "conversation": case.conversation, "started_at": text(case.start),
                        "severity": level, "response_target_met": target_met(world, case, TARGETS[level])})
    return entries
