"""Triage (§3)."""

from conventions import rate
from facts import HOUR, MINUTE
from world import nearest_rank


def triage(world, accounts):
    breaches = world.breaches_in_window(accounts)
    responses = [response(world, one) for one in breaches]
    resolved = [one for one in breaches if one.resolved_at is not None]
    took = [at - one.breached_at for one, at in zip(breaches, responses) if at is not None]
    answered = sum(at is not None and not world.opening.is_over(at, one.breached_at, 30 * MINUTE)
                   for one, at in zip(breaches, responses))
    return {
        "breaches": len(breaches), "answered_within_30m": answered, "p2_rate": rate(answered, len(breaches)),
        "reached_p1": sum(reached_p1(world, one, at) for one, at in zip(breaches, responses)),
        "response_seconds": percentiles(took), "resolved": len(resolved),
        "resolution_seconds": percentiles([one.resolved_at - one.created_at for one in resolved if one.created_at]),
        "p3": p3(world, accounts),
    }


def response(world, one):
    return next((at for at, _ in world.acts(one.key) if at > one.breached_at), None)


def reached_p1(world, one, response):
    limit = world.opening.after(one.breached_at, 2 * HOUR)
    if limit is None or limit > world.as_of:
        return False
    return not any(at is not None and at <= limit for at in (response, one.resolved_after(one.breached_at)))


def percentiles(spans):
    return {name: None if not spans else nearest_rank(spans, share) // 1000 for name, share in (("p50", 50), ("p90", 90))}


def p3(world, accounts):
    tagged = reviewed = 0
    for one in world.conversations:
        labels = [at for at, _ in world.escalation_labels(one.key) if world.within(at)]
        if one.account not in accounts or not labels:
            continue
        if one.breached_at is not None and one.breached_at <= labels[0]:
            continue
        tagged += 1
        limit = world.opening.after(labels[0], HOUR)
        reviewed += any(at > labels[0] and (limit is None or at <= limit) and getattr(act, "action", "") != "chatwoot.escalate"
                        for at, act in world.acts(one.key))
    return {"tagged": tagged, "reviewed_within_60m": reviewed}
