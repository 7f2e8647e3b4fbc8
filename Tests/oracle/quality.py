"""The counts of data quality (§12) that need no bookkeeping of files."""

from facts import MINUTE


def data_quality(world, accounts):
    mine = [one for one in world.facts if one.account in accounts]
    with_messages = [one for one in mine if world.messages.get(one.key)]
    return {
        "conversations": len(mine), "without_messages": len(mine) - len(with_messages),
        "incomplete_messages": sum(not has_beginning(world, one) for one in with_messages),
        "approximate_resolutions": sum(one.is_approximate for one in mine),
        "twin_decisions": twins(world, accounts),
    }


def has_beginning(world, one):
    return any(abs(message.at - one.created_at) <= MINUTE for message in world.of_kind(one.key, "customer"))


def twins(world, accounts):
    """Rows that were dropped for another; a row of the same id is no twin but a duplicate (§10)."""
    kept = {id(one) for one in world.data.every_decision}
    ids = {(one.account, one.id) for one in world.data.every_decision}
    return len({(one.account, one.id, one.at) for one in world.data.logged_decisions
                if id(one) not in kept and (one.account, one.id) not in ids and one.account in accounts and one.at <= world.as_of})
