"""Who took the decisions of the window, and whether they are persons (agenda: accountability; LOG-001)."""

from conventions import rate, text, wilson
from facts import is_reply_action


def is_person(decision):
    return "@" in decision.actor and decision.actor != decision.shop


def accountability(world, accounts):
    decisions = world.decisions_in_window(accounts)
    by_name = {}
    for one in decisions:
        by_name.setdefault(one.actor, []).append(one)
    rows = [actor(name, acts) for name, acts in by_name.items()]
    rows.sort(key=lambda row: (-row["decisions"], row["operator"].encode()))
    persons = sum(map(is_person, decisions))
    return {"decisions": len(decisions), "by_persons": persons, "by_others": len(decisions) - persons,
            "person_rate": rate(persons, len(decisions)), "person_interval": wilson(persons, len(decisions)),
            "actors": rows, "others": [row for row in rows if not row["is_person"]]}


def actor(name, acts):
    approvals = sum(is_reply_action(one.action) for one in acts)
    escalations, resolutions = (sum(one.action == action for one in acts)
                                for action in ("chatwoot.escalate", "chatwoot.mark_resolved"))
    return {"operator": name, "is_person": all(map(is_person, acts)), "decisions": len(acts), "approvals": approvals,
            "escalations": escalations, "resolutions": resolutions,
            "other": len(acts) - approvals - escalations - resolutions,
            "first_at": text(min(one.at for one in acts)), "last_at": text(max(one.at for one in acts))}
