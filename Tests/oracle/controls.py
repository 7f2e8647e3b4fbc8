"""Controls (§9): for each, what was checked and what failed, as (conversation, decision, time).

Customer-care acts on escalations, breaches and replies; guardrails.py has those that read texts and resolutions, logged.py
those on the log.
"""

import re

from acknowledgement import states
from conventions import text
from edits import norm, row
from facts import MINUTE
from figures import is_old
from guardrails import guardrails
from logged import logged
from words import note_of
from world import key_of

SOPS = ["CX-001", "CX-002", "CX-003a", "CX-003b", "CX-003c", "CX-003d", "CX-003e", "CX-004", "CX-005", "CX-006", "CX-007",
        "CX-008", "CX-009", "LOG-001", "LOG-002", "LOG-003", "LOG-004", "LOG-005", "LOG-006"]
UNFILLED = re.compile(r"\{\{|(?<!\w)Customer(?!\w)")


def controls(world, accounts, words, reconciled, succeeded):
    results = {**acts(world, accounts), **guardrails(world, accounts, words), **logged(world, accounts, reconciled, succeeded)}
    return [control(id, results.get(id)) for id in SOPS]


def control(id, checks):
    """`checks`: (whether it passed, conversation, decision, time) of each thing that was checked."""
    if checks is None:
        return {"id": id, "measurable": False}
    failed = sorted((at, conversation or 0, str(decision or ""), conversation, decision)
                    for passed, conversation, decision, at in checks if not passed)
    return {"id": id, "checked": len(checks), "passed": len(checks) - len(failed), "failed": len(failed),
            "findings": [{"conversation": conversation, "decision": decision, "at": text(at)}
                         for at, _, _, conversation, decision in failed]}


def acts(world, accounts):
    cases = world.cases_in_window(accounts)
    replies = world.replies_in_window(accounts)
    return {
        "CX-001": [(was_answered(world, one), one.id, None, one.breached_at) for one in world.breaches_in_window(accounts)
                   if is_old(one, world.as_of, world.opening)],
        "CX-002": [(row(one, world.data.templates, name_of(world, one))[1] is not None, one.conversation, one.id, one.at)
                   for one in replies],
        "CX-003a": [(has_note(world, case), case.conversation, None, case.start) for case in cases
                    if case.start + 60 * MINUTE <= world.as_of],
        "CX-003c": of_cases(world, cases, "ack_at", world.ack_time),
        "CX-003d": of_cases(world, cases, "updated_at", world.update_time),
        "CX-005": [(what != "follow_up_due", one.conversation, one.id, one.at) for one, what in states(world, accounts)
                   if what != "waiting" and is_due(world, one)],
        "CX-006": [(not UNFILLED.search((one.payload or {}).get("replyBody") or ""), one.conversation, one.id, one.at)
                   for one in replies],
        "CX-009": twice(world, accounts),
    }


def is_due(world, one):
    """The time for the customer's answer is over, as for compliance."""
    due = world.opening.after(one.at, world.customer_time)
    return due is not None and due <= world.as_of


def was_answered(world, one):
    return any(at > one.breached_at and not world.opening.is_over(at, one.breached_at, 30 * MINUTE)
               for at, _ in world.acts(one.key))


def name_of(world, decision):
    one = world.data.conversations.get(key_of(decision)) or {}
    return ((one.get("meta") or {}).get("sender") or {}).get("name") or None


def has_note(world, case):
    """A private note around the start, or words in an escalate decision of this escalation."""
    key = key_of(case)
    if any(case.start - 10 * MINUTE <= note.at <= case.start + 60 * MINUTE for note in world.of_kind(key, "note")):
        return True
    end = world.as_of if case.updated_at is None else case.updated_at
    return any(d.action == "chatwoot.escalate" and case.start <= d.at <= end and note_of(d) for d in world.decisions_of(key))


def of_cases(world, cases, reached, allowed):
    if not world.managers.known:
        return None
    judged = [case for case in cases if world.opening.is_over(world.as_of, case.start, allowed)]
    return [(getattr(case, reached) is not None and not world.opening.is_over(getattr(case, reached), case.start, allowed),
             case.conversation, None, case.start) for case in judged]


def twice(world, accounts):
    found = []
    for key in world.messages:
        replies = world.of_kind(key, "reply")
        for index, one in enumerate(replies):
            if key[0] in accounts and world.within(one.at):
                again = norm(one.text) and any(norm(other.text) == norm(one.text) and one.at - other.at <= 5 * MINUTE
                                               for other in replies[:index])
                found.append((not again, one.conversation, None, one.at))
    return found
