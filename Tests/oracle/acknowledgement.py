"""Customer acknowledgement (§7)."""

from conventions import text
from reading import in_order
from world import key_of

STATES = ["acknowledged", "superseded", "waiting", "follow_up_due"]


def state(world, decision):
    due = world.opening.after(decision.at, world.customer_time)

    def lies_in_span(at):
        return decision.at < at and (due is None or at <= due)

    own = world.own_messages.get(id(decision))
    # A conversation that is not named has no messages.
    key = key_of(decision)
    messages = world.of_kind(key, "customer") if decision.conversation is not None else []
    customer = min((m.at for m in messages if lies_in_span(m.at)), default=None)
    staff = min((at for at, act in world.acts(key) if lies_in_span(at) and act is not own and act is not decision), default=None)
    if customer is not None and (staff is None or customer <= staff):
        return "acknowledged"
    if staff is not None:
        return "superseded"
    return "waiting" if due is None or world.as_of < due else "follow_up_due"


def states(world, accounts):
    """(decision, state) of every approve_send of the window."""
    approvals = world.decisions_in_window(accounts, lambda one: one.action == "chatwoot.approve_send")
    return [(one, state(world, one)) for one in approvals]


def customer_ack(world, accounts):
    found = states(world, accounts)
    due = sorted((one for one, what in found if what == "follow_up_due"), key=lambda d: (d.at, in_order(d.id), d.account))
    return {
        "approvals": len(found), **{name: sum(what == name for _, what in found) for name in STATES},
        "follow_ups": [{"conversation": one.conversation, "decision": one.id, "sent_at": text(one.at), "operator": one.actor}
                       for one in due],
    }
