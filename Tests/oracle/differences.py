"""Where two KPI documents differ."""

import json

# Of these the program says more than a number; its word must be one of the page's.
REASONS = {"refund_over_limit", "risk_word", "supervisor_request", "policy_exception", "breach_over_2h", "other", "not_stated"}


def differences(theirs, ours, path=""):
    """Where the program's value differs from the oracle's; keys that only the program has are no difference."""
    if path.endswith("/reconciliation/findings"):
        theirs = ids_of(theirs)
        yield from ((f"{path}/{name}", theirs.get(name, []), ids) for name, ids in ours.items()
                    if len(ids) < 100 and sorted(map(str, ids)) != sorted(map(str, theirs.get(name, []))))
        return
    if path.endswith("/escalations") and isinstance(theirs, dict):
        theirs = [entry(record) for record in theirs["records"]]
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key, value in ours.items():
            if key not in theirs:
                yield f"{path}/{key}", "missing", value
            else:
                yield from differences(theirs[key], value, f"{path}/{key}")
        if "/manager_ack/cases/" in path and theirs.get("reason") not in REASONS:
            yield f"{path}/reason", theirs.get("reason"), "a reason of the page"
    elif isinstance(ours, list) and isinstance(theirs, list):
        yield from differences_of_lists(theirs, ours, path)
    elif theirs != ours or isinstance(theirs, bool) != isinstance(ours, bool):
        yield path, theirs, ours


def differences_of_lists(theirs, ours, path):
    # Controls are compared by id: a team may add its own. The page states no order for what they and §10 find.
    if path.endswith("/controls"):
        known = {one["id"]: one for one in theirs}
        for one in ours:
            yield from differences(known.get(one["id"]), one, f"{path}/{one['id']}")
        return
    if "/findings" in path:
        missing, further = lacking(ours, theirs), lacking(theirs, ours)
        if missing or further:
            yield path, further, missing
        return
    if len(theirs) != len(ours):
        yield path, theirs, ours
        return
    for index, (one, other) in enumerate(zip(theirs, ours)):
        yield from differences(one, other, f"{path}/{index}")


def ids_of(findings):
    """By what the program counts: the ids that the oracle lists of it."""
    key = {"replies_without_decision": "message", "labels_without_escalation": "conversation",
           "resolutions_without_decision": "conversation"}
    return {one["item"]: [row[key.get(one["item"], "decision")] for row in one["rows"]] for one in findings}


def entry(record):
    """What the oracle has of a record of the register."""
    return {"id": record["id"], "conversation": record["conversation"], "started_at": record["opened_at"],
            "severity": record["severity"], "response_target_met": {"met": True, "missed": False}.get(record["response"])}


def lacking(some, others):
    """Those of `some` that `others` does not have, by the keys that the oracle gives a finding."""
    # Where the oracle names no decision, the program may.
    keys = ["conversation", "at"] if any(isinstance(one, dict) and one.get("decision") is None for one in [*some, *others]) \
        else ["conversation", "decision", "at"]

    def name(one):
        return json.dumps([one.get(key) for key in keys] if isinstance(one, dict) else one)

    left = [name(one) for one in others]
    found = []
    for one in map(name, some):
        if one in left:
            left.remove(one)
        else:
            found.append(json.loads(one))
    return found


def only(document, keys):
    """The document with these KPIs alone, where any are named."""
    if not keys:
        return document
    accounts = [{key: value for key, value in one.items() if key in ("account", *keys)} for one in document["accounts"]]
    return {**document, "accounts": accounts}
