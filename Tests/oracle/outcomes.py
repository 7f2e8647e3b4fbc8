"""What customers did after verbatim against edited replies (reports.md, Templates)."""

from acknowledgement import state
from conventions import rate, wilson
from facts import acts_of_resolution, exact_resolutions
from reading import instant

SEVEN_DAYS = 604_800_000
OUTCOMES = ["acknowledged", "breached_again", "resolved"]


def resolutions(one):
    """Acts of resolution; the approximate one where the status alone tells of it."""
    known = acts_of_resolution(one)
    if one.row.get("status") == "resolved" and not any(at > one.created_at for at in exact_resolutions(one)):
        known.append(instant(one.row.get("last_activity_at") or one.row.get("timestamp")))
    return known


def judge(world, customer_of, results):
    """Of each reply with a known suggestion: outcome -> whether it happened; one that is not due is missing."""
    exported = {one.key: one for one in world.facts}
    breaches = {}

    def owner(one):
        customer = customer_of[one.account](one)
        return (one.account, "customer", customer) if customer is not None else (one.account, "alone", one.id)

    for one in world.facts:
        if one.breached_at is not None:
            breaches.setdefault(owner(one), []).append(one.breached_at)
    for result in results:
        decision = result["decision"]
        found, one = {}, exported.get((decision.account, decision.conversation))
        what = state(world, decision)
        if what != "waiting":
            found["acknowledged"] = what == "acknowledged"
        if one is not None and decision.at + SEVEN_DAYS <= world.as_of:
            def follows(times):
                return any(decision.at < at <= decision.at + SEVEN_DAYS for at in times)

            found["breached_again"] = follows(breaches.get(owner(one), []))
            found["resolved"] = follows(resolutions(one))
        yield {**result, "found": found}


def outcomes(world, customer_of, results, templates):
    """`results`: the rows of §4; `templates`: in the document's order."""
    judged = list(judge(world, customer_of, [one for one in results if one["similarity"] is not None]))
    rows = []
    for template in ["*", *templates]:
        for outcome in OUTCOMES:
            for edit in ("verbatim", "edited"):
                due = [one["found"][outcome] for one in judged if outcome in one["found"] and template in ("*", one["template"])
                       and (one["similarity"] == 1) == (edit == "verbatim")]
                rows.append({"template": template, "edit": edit, "outcome": outcome, "due": len(due), "cases": sum(due),
                             "rate": rate(sum(due), len(due)), "interval": wilson(sum(due), len(due)), "few": len(due) < 30})
    return rows
