"""The controls on the decision log (§9)."""

from accountability import is_person
from world import TEN_MINUTES, order


def logged(world, accounts, reconciled, succeeded):
    """`succeeded`: whether a decision has its success on record within three attempts."""
    decisions = world.decisions_in_window(accounts)
    every = [one for one in sorted(world.data.every_decision, key=order) if one.account in accounts and world.within(one.at)]
    without_message = {id(one) for one in reconciled.approvals_without_message}
    without_decision = {id(one) for one in reconciled.replies_without_decision}
    return {
        "LOG-001": [(is_person(one), one.conversation, one.id, one.at) for one in decisions],
        "LOG-002": [(one.scope == "ops", one.conversation, one.id, one.at) for one in every
                    if one.action.startswith("chatwoot.")],
        "LOG-003": [(succeeded(one), one.conversation, one.id, one.at) for one in decisions] if reconciled.is_covered else None,
        "LOG-004": [(id(one) not in without_message, one.conversation, one.id, one.at) for one in reconciled.approvals
                    if id(one) not in without_message or one.at + TEN_MINUTES <= world.as_of]
        + [(id(one) not in without_decision, one.conversation, None, one.at) for one in reconciled.replies_on_breached
           if id(one) not in without_decision or one.at + TEN_MINUTES <= world.as_of],
        "LOG-005": [(label != "escalated", key[1], None, at) for key, at, label in reconciled.escalation_labels],
        "LOG-006": [(bool(one.shop and one.action and one.actor) and one.payload is not None, one.conversation, one.id, one.at)
                    for one in decisions],
    }
