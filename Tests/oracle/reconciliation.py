"""Reconciliation (§10): what one side tells and the other does not."""

from facts import changes_to_resolved
from reading import in_order
from world import TEN_MINUTES, key_of, nearest_rank

SHOWN = 100


def shown(id):
    return int(id) if id.isdigit() else id


def is_near(at, moments):
    return any(abs(at - other) <= TEN_MINUTES for other in moments)


class Reconciliation:
    """Each list holds what is without its other half, in order of time."""

    def __init__(self, world, accounts, attempts, all_attempts):
        self.world, self.accounts = world, accounts
        self.decisions = world.decisions_in_window(accounts)
        self.approvals = world.replies_in_window(accounts)
        in_window = [one for one in attempts if world.within(one.at)]
        self.is_covered = any(world.within(one.at) for one in all_attempts.all)
        self.attempts_without_decision = [one for one in in_window if not all_attempts.has_decision(one)]
        of_id = {}
        for one in all_attempts.all:
            of_id.setdefault(one.decision, []).append(one)
        self.decisions_without_sync = [
            d for d in self.decisions
            if not any(all_attempts.may_be_of(one, d.account) for one in of_id.get(str(d.id), []))]

    @property
    def decisions_without_conversation(self):
        return [one for one in self.decisions
                if one.conversation is not None and key_of(one) not in self.world.data.conversations]

    @property
    def approvals_without_message(self):
        return [one for one in self.approvals if id(one) not in self.world.own_messages]

    @property
    def replies_on_breached(self):
        found = []
        for message in self.world.messages_in_window(self.accounts, "reply"):
            breached_at = self.world.breached_at.get(key_of(message))
            if breached_at is not None and message.at >= breached_at:
                found.append(message)
        return found

    @property
    def replies_without_decision(self):
        return [m for m in self.replies_on_breached if not is_near(m.at, [d.at for d in self.world.decisions_of(key_of(m))])]

    @property
    def escalations_without_label(self):
        return [one for one in self.decisions if one.action == "chatwoot.escalate"
                and not is_near(one.at, [at for at, _ in self.world.escalation_labels(key_of(one))])]

    @property
    def escalation_labels(self):
        """(conversation, time, label) of those added in the window."""
        return [(one.key, at, label) for one in self.world.conversations if one.account in self.accounts
                for at, label in self.world.escalation_labels(one.key) if self.world.within(at)]

    def moments(self, key, action):
        return [one.at for one in self.world.decisions_of(key) if one.action == action]

    @property
    def labels_without_escalation(self):
        return [(key, at, label) for key, at, label in self.escalation_labels
                if not is_near(at, self.moments(key, "chatwoot.escalate"))]

    @property
    def resolutions_without_decision(self):
        return [(one.key, at) for one in self.world.conversations if one.account in self.accounts
                for at in changes_to_resolved(one) if self.world.within(at)
                and not is_near(at, self.moments(one.key, "chatwoot.mark_resolved"))]

    @property
    def duplicate_decisions(self):
        """Ids of the window's rows that the log has again with another content, once for each further one."""
        rows = {}
        for one in self.world.data.logged_decisions:
            if one.account in self.accounts and self.world.within(one.at):
                rows.setdefault((one.account, str(one.id)), []).append(one)
        # What is a twin of another decision is that one.
        kept = {(one.account, str(one.id)) for one in self.world.data.every_decision}
        return [key for key, same in sorted(rows.items()) for _ in same[1:] if key in kept]

    @property
    def clock_skew_seconds(self):
        own = self.world.own_messages
        skew = [own[id(one)].at - one.at for one in self.approvals if id(one) in own]
        return nearest_rank(skew, 50) // 1000 if skew else None


def reconciliation(found):
    ids = {
        "decisions_without_conversation": [one.id for one in found.decisions_without_conversation],
        "approvals_without_message": [one.id for one in found.approvals_without_message],
        "replies_without_decision": [one.id for one in found.replies_without_decision],
        "escalations_without_label": [one.id for one in found.escalations_without_label],
        "labels_without_escalation": [key[1] for key, *_ in found.labels_without_escalation],
        "resolutions_without_decision": [key[1] for key, _ in found.resolutions_without_decision],
        "sync_attempts_without_decision": [shown(one.decision) for one in found.attempts_without_decision],
        "decisions_without_sync": [one.id for one in found.decisions_without_sync] if found.is_covered else None,
        "duplicate_decisions": [shown(id) for _, id in found.duplicate_decisions],
    }
    return {**{name: None if rows is None else len(rows) for name, rows in ids.items()},
            "clock_skew_seconds": found.clock_skew_seconds,
            "findings": {name: sorted(rows or [], key=in_order)[:SHOWN] for name, rows in ids.items()}}
