"""The controls on what customers write and on resolutions (§9)."""

from facts import HOUR, MINUTE, acts_of_resolution
from world import key_of

TWO_DAYS = 48 * HOUR


def guardrails(world, accounts, words):
    written = world.messages_in_window(accounts, "customer")
    resolved = [(one, at) for one in world.conversations if one.account in accounts for at in acts_of_resolution(one)
                if world.within(at)]
    return {
        "CX-003b": before_replies(world, [m for m in written if words.names_large_refund(m.text)]),
        "CX-003e": before_replies(world, [m for m in written if words.asks_supervisor(m.text)]),
        "CX-004": [(is_verified(world, one, at, words), one.id, None, at) for one, at in resolved
                   if is_judged(world, one, at, words)],
        "CX-007": rapid_reopens(world, resolved),
        "CX-008": followed(world, [m for m in world.messages_in_window(accounts, "customer", "note") if words.is_risky(m.text)]),
    }


def before_replies(world, messages):
    """Escalated before the next approval; checked where an approval or an escalation follows."""
    checks = []
    for message in messages:
        key = key_of(message)
        reply = next((d for d in world.replies_of(key) if d.at > message.at), None)
        triggers = [at for at in world.triggers(key) if at > message.at]
        if reply or triggers or world.is_escalated(key, message.at):
            passed = (reply is None or world.is_escalated(key, message.at) or any(at <= reply.at for at in triggers))
            checks.append((passed, message.conversation, reply and reply.id, message.at))
    return checks


def is_judged(world, one, at, words):
    """Where nothing that was written is known, only a label can be judged."""
    is_known = one.key in world.data.conversations and any(m.kind != "deleted" and m.at <= world.as_of for m in one.messages)
    return is_known or any(m.at <= at for m in world.of_kind(one.key, "customer")) \
        or any(world.has_label(one, label.lower(), at) for label in words.blocking)


def is_verified(world, one, at, words):
    """CX-004: confirmed, or two days of silence after a reply; and no blocking label."""
    if any(world.has_label(one, label.lower(), at) for label in words.blocking):
        return False
    customer = [m for m in world.of_kind(one.key, "customer") if m.at <= at]
    replies = [m.at for m in world.of_kind(one.key, "reply") if m.at <= at]
    if any(words.confirms(m.text) for m in customer if not replies or m.at > replies[-1]):
        return True
    return bool(customer) and at - customer[-1].at >= TWO_DAYS and any(reply > customer[-1].at for reply in replies)


def rapid_reopens(world, resolved):
    checks = []
    for one, at in resolved:
        again = any(at < m.at <= at + 30 * MINUTE for m in world.of_kind(one.key, "customer"))
        if again or at + 30 * MINUTE <= world.as_of:
            checks.append((not again, one.id, None, at))
    return checks


def followed(world, messages):
    """CX-008: escalated within 2 h, or an escalation is open; judged when the 2 h are over."""
    checks = []
    for message in messages:
        key, due = key_of(message), world.opening.after(message.at, 2 * HOUR)
        if due is not None and due <= world.as_of:
            passed = world.is_escalated(key, message.at) or any(message.at <= at <= due for at in world.triggers(key))
            checks.append((passed, message.conversation, None, message.at))
    return checks
