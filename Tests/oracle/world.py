"""All that is known at `as_of`, by conversation: messages, counted decisions, labels, escalations, own messages (§10)."""

import functools
import re

from edits import norm
from facts import HOUR, MINUTE, activity, added_labels, is_reply_action
from reading import in_order

TEN_MINUTES = 10 * MINUTE


def order(decision):
    return decision.at, in_order(decision.id)


def told_twice(events, key, at, label, is_added):
    """A webhook's exact time takes the place of the event line that a job wrote of the same change, at most ten minutes later
    or in the second before."""
    lines = [event for event, place in events.items() if place and (event[0], *event[2:]) == (key, label, is_added)
             and -1000 < event[1] - at <= TEN_MINUTES]
    place = events.pop(min(lines, key=lambda event: event[1])) if lines else 0
    events[key, at, label, is_added] = max(place, events.get((key, at, label, is_added), 0))


class World:
    def __init__(self, data, facts, others, cases, managers, window, as_of, opening):
        self.data, self.facts, self.cases, self.managers = data, facts, cases, managers
        self.window, self.as_of, self.opening = window, as_of, opening
        self.conversations = [*facts, *others]  # `others`: conversations that were not exported
        self.sla = data.settings.get("sla") or {}
        self.alerts = data.settings.get("alerts") or {}
        self.messages, self.decisions, self.labels, self.cases_of = {}, {}, {}, {}
        for message in sorted(data.messages.values(), key=lambda m: (m.at, m.id)):
            if message.at <= as_of:
                self.messages.setdefault((message.account, message.conversation), []).append(message)
        for decision in sorted(data.decisions, key=order):
            if decision.at <= as_of:
                self.decisions.setdefault((decision.account, decision.conversation), []).append(decision)
        events = self.label_events()
        for key, *event in sorted(events, key=lambda event: (event[0], event[1], events[event])):
            self.labels.setdefault(key, []).append(event)
        for case in cases:
            self.cases_of.setdefault((case.account, case.conversation), []).append(case)
        self.breached_at = {one.key: one.breached_at for one in self.conversations}

    def label_events(self):
        """(conversation, time, label in lower case, whether it was added), each once, with the message that tells its place."""
        events = {}
        for message in sorted(self.data.messages.values(), key=lambda message: message.id):
            what = activity(message.text, self.managers.all_names)[0] if message.kind == "activity" else None
            labels = added_labels(message.text)
            if what == "unlabelled":
                labels = re.fullmatch(r".* removed (.*)", message.text, re.DOTALL).group(1).split(", ")
            if what in ("labelled", "unlabelled"):
                events |= {((message.account, message.conversation), message.at, label.strip().lower(), what == "labelled"): message.id
                           for label in labels}
        for account, conversation, at, key, before, after in self.data.changes:
            if key == "label_list":
                before, after = set(before or []), set(after or [])
                for label in before ^ after:
                    told_twice(events, (account, conversation), at, label.strip().lower(), label in after)
        return {event: place for event, place in events.items() if event[1] <= self.as_of}

    # --- of one conversation ---

    def of_kind(self, key, *kinds):
        return [message for message in self.messages.get(key, []) if message.kind in kinds]

    def acts(self, key):
        """(time, what was done) of every staff act: replies, notes and counted decisions."""
        return sorted([(m.at, m) for m in self.of_kind(key, "reply", "note")] + [(d.at, d) for d in self.decisions_of(key)],
                      key=lambda act: act[0])

    def decisions_of(self, key):
        return [] if key[1] is None else self.decisions.get(key, [])

    def replies_of(self, key):
        return [one for one in self.decisions_of(key) if is_reply_action(one.action)]

    def escalation_labels(self, key):
        return [(at, label) for at, label, added in self.labels.get(key, []) if added and label in ("escalation", "escalated")]

    def triggers(self, key):
        """When the conversation was escalated, by a decision or a label."""
        return sorted([d.at for d in self.decisions_of(key) if d.action == "chatwoot.escalate"]
                      + [at for at, _ in self.escalation_labels(key)])

    def is_escalated(self, key, at):
        return any(case.start <= at and (case.updated_at is None or at <= case.updated_at) for case in self.cases_of.get(key, []))

    def has_label(self, one, label, at):
        """Whether the conversation had the label: by its last change up to then, else by its next, else by its newest state."""
        changes = [(when, added) for when, name, added in self.labels.get(one.key, []) if name == label]
        before = [added for when, added in changes if when <= at]
        if before:
            return before[-1]
        if changes:
            return not changes[0][1]
        return label in [name.strip().lower() for name in one.row.get("labels") or []]

    # --- own messages (§10) ---

    @functools.cached_property
    def own_messages(self):
        """By id() of a reply decision: the staff reply that it sent."""
        own = {}
        for key in self.decisions:
            left = self.of_kind(key, "reply")
            for decision in self.replies_of(key):
                text = norm((decision.payload or {}).get("replyBody") or "")
                found = next((m for m in left if text and norm(m.text) == text and abs(m.at - decision.at) <= TEN_MINUTES), None)
                if found:
                    own[id(decision)] = found
                    left.remove(found)
        return own

    # --- of the window ---

    def within(self, at):
        return at is not None and self.window.start <= at < self.window.end and at <= self.as_of

    def decisions_in_window(self, accounts, wanted=lambda decision: True):
        found = [one for (account, _), rows in self.decisions.items() if account in accounts for one in rows
                 if self.within(one.at) and wanted(one)]
        return sorted(found, key=order)

    def replies_in_window(self, accounts):
        return self.decisions_in_window(accounts, lambda one: is_reply_action(one.action))

    def messages_in_window(self, accounts, *kinds):
        return [one for (account, _), rows in self.messages.items() if account in accounts for one in rows
                if one.kind in kinds and self.within(one.at)]

    def cases_in_window(self, accounts):
        return [case for case in self.cases if case.account in accounts and self.within(case.start)]

    def breaches_in_window(self, accounts):
        return [one for one in self.conversations if one.account in accounts and self.within(one.breached_at)]

    # --- allowances ---

    @property
    def ack_time(self):
        return (self.sla.get("manager_ack_minutes") or 120) * MINUTE

    @property
    def update_time(self):
        return (self.sla.get("manager_update_hours") or 24) * HOUR

    @property
    def customer_time(self):
        return (self.sla.get("customer_ack_hours") or 24) * HOUR


def key_of(record):
    return record.account, record.conversation


def nearest_rank(values, share):
    """The value at index ceil(share · n) of the ascending values; `share` in hundredths."""
    values = sorted(values)
    return values[-(-share * len(values) // 100) - 1] if values else None
