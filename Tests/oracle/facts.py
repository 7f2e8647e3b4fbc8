"""What is known of each conversation (§1, §2), of each customer (§5) and of each escalation (§6) at `as_of`."""

import re
from dataclasses import dataclass, field

from reading import instant

MINUTE, HOUR = 60_000, 3_600_000


@dataclass
class Conversation:
    account: str
    id: int
    row: dict
    created_at: int
    messages: list
    decisions: list
    changes: list
    resolutions: list = field(default_factory=list)
    first_reply_at: int | None = None
    breached_at: int | None = None

    def resolved_after(self, at):
        return next((one for one in self.resolutions if one > at), None)

    @property
    def key(self):
        return self.account, self.id

    @property
    def resolved_at(self):
        return self.resolved_after(self.created_at)

    @property
    def is_approximate(self):
        return self.resolved_at is not None and self.resolved_at not in exact_resolutions(self)

    @property
    def customer_name(self):
        return (((self.row.get("meta") or {}).get("sender")) or {}).get("name") or None


def conversations(data, as_of, clock, sla, opening):
    messages, decisions = {}, {}
    for message in data.messages.values():
        messages.setdefault((message.account, message.conversation), []).append(message)
    for decision in data.decisions:
        decisions.setdefault((decision.account, decision.conversation), []).append(decision)
    changes = {}
    for account, conversation, *change in data.changes:
        changes.setdefault((account, conversation), []).append(change)
    facts = []
    for key, row in data.conversations.items():
        created_at = instant(row["created_at"])
        if created_at > as_of:
            continue
        one = Conversation(*key, row, created_at, sorted(messages.get(key, []), key=lambda m: (m.at, m.id)),
                           decisions.get(key, []), changes.get(key, []))
        one.resolutions = [at for at in resolutions(one) if at <= as_of]
        one.first_reply_at = first_reply(one, as_of)
        one.breached_at = breach(one, clock, sla, as_of, opening)
        facts.append(one)
    return sorted(facts, key=lambda c: (c.account, c.id))


def not_exported(data, as_of=None):
    """Conversations of which only messages, decisions or a recorded breach are there. Their creation is not known: 0."""
    keys = {(m.account, m.conversation) for m in data.messages.values()}
    keys |= {(d.account, d.conversation) for d in data.decisions if d.account and d.conversation}
    keys |= {key for key in data.recorded if key[0] in data.accounts}
    # One that is created later is not there yet.
    exported = {key for key, row in data.conversations.items() if as_of is None or instant(row["created_at"]) <= as_of}
    for key in sorted(keys - exported):
        one = Conversation(*key, {}, 0, [m for m in data.messages.values() if (m.account, m.conversation) == key],
                           [d for d in data.decisions if (d.account, d.conversation) == key], [])
        one.messages.sort(key=lambda m: (m.at, m.id))
        one.resolutions = [at for at in resolutions(one) if as_of is None or at <= as_of]
        if as_of is not None and key not in data.conversations and data.recorded.get(key, as_of) < as_of:
            one.breached_at = data.recorded[key]
            one.first_reply_at = first_reply(one, as_of)
        yield one


RESOLVED = re.compile(r"Conversation was (marked )?resolved by .*", re.DOTALL)


def changes_to_resolved(one):
    """The moments at which Chatwoot says that the status became resolved; each once."""
    lines = {m.at for m in one.messages if m.kind == "activity" and RESOLVED.fullmatch(m.text)}
    hooks = sorted({at for at, key, _, after in one.changes if (key, after) == ("status", "resolved")})
    for at in hooks:
        # The event line that a job wrote of the same change, at most ten minutes later or in the second before.
        same = [line for line in lines if -1000 < line - at <= 10 * MINUTE]
        if same:
            lines.discard(min(same))
    return sorted(lines | set(hooks))


def exact_resolutions(one):
    return sorted({*changes_to_resolved(one), *(d.at for d in one.decisions if d.action == "chatwoot.mark_resolved")})


def acts_of_resolution(one):
    """A decision and the changes of status within ten minutes of it are one act, at the earliest moment of the two."""
    changes = changes_to_resolved(one)
    decided = [d.at for d in one.decisions if d.action == "chatwoot.mark_resolved"]
    acts = {min([change, *(at for at in decided if abs(at - change) <= 10 * MINUTE)]) for change in changes}
    return sorted(acts | {at for at in decided if all(abs(at - change) > 10 * MINUTE for change in changes)})


def resolutions(one):
    """Every resolution, ascending; the approximate one where the status alone tells of it."""
    known = exact_resolutions(one)
    if one.row.get("status") == "resolved" and not any(at > one.created_at for at in known):
        known.append(instant(one.row.get("last_activity_at") or one.row.get("timestamp")))
    return sorted(known)


def is_complete(one):
    return any(m.kind == "customer" and abs(m.at - one.created_at) <= MINUTE for m in one.messages)


def first_reply(one, as_of):
    replies = [m.at for m in one.messages if m.kind == "reply" and m.at > one.created_at]
    complete = is_complete(one)
    told = instant(one.row.get("first_reply_created_at"))
    at = min(replies, default=None) if complete else told or min(replies, default=None)
    return at if at is not None and at <= as_of else None


def breach(one, clock, sla, as_of, opening):
    due = first_long_wait(one, sla, opening) if clock == "waiting" else opening.after(one.created_at, sla)
    if due is None or due >= as_of:
        return None
    if clock != "waiting" and any(one.created_at < at <= due for at in one.resolutions):
        return None
    if clock == "first_reply" and one.first_reply_at is not None and one.first_reply_at <= due:
        return None
    return due


def first_long_wait(one, sla, opening):
    """When the first wait that is longer than the SLA became so."""
    events = [(m.at, 0) for m in one.messages if m.kind == "customer"]
    events += [(m.at, 1) for m in one.messages if m.kind == "reply"] + [(at, 1) for at in one.resolutions]
    start = None
    for at, ends in sorted(events):
        if start is not None and opening.is_over(at, start, sla):
            return opening.after(start, sla)
        if ends:
            start = None
        elif start is None:
            start = at
    return None if start is None else opening.after(start, sla)


# --- customers ------------------------------------------------------------------------------------------------------


def contact_keys(contact):
    keys = []
    if contact.get("id") is not None:
        keys.append(("id", contact["id"]))
    if contact.get("identifier"):
        keys.append(("identifier", contact["identifier"]))
    email = (contact.get("email") or "").strip().lower()
    if email:
        keys.append(("email", email))
    phone = (contact.get("phone_number") or "").strip()
    phone = ("+" if phone.startswith("+") else "") + re.sub(r"[^0-9]", "", phone)
    if phone.strip("+"):
        keys.append(("phone", phone))
    return keys


def customers(data, account, as_of):
    """A function from a conversation of the account to its customer: ("", name) weak, or the smallest contact id."""
    parent = {}

    def root(key):
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for owner, at, contact in data.contacts:
        keys = contact_keys(contact)
        if owner in (None, account) and (at is None or at <= as_of) and keys:
            for key in keys:
                parent[root(key)] = root(keys[0])
    smallest = {}
    for key in list(parent):
        if key[0] == "id":
            smallest[root(key)] = min(smallest.get(root(key), key[1]), key[1])

    def customer(one):
        keys = contact_keys(((one.row.get("meta") or {}).get("sender")) or {})
        if not keys:
            return None
        return smallest.get(root(keys[0]))

    return customer


# --- escalations ----------------------------------------------------------------------------------------------------


@dataclass
class Escalation:
    account: str
    conversation: int
    start: int
    ack_at: int | None = None
    updated_at: int | None = None


class Managers:
    """Who is a manager (§0), by whatever a source names a user with."""

    def __init__(self, data):
        listed = [str(item) for item in data.settings.get("managers") or []]
        self.ids, self.names, self.emails = set(), set(), set()
        for user in data.users:
            if (listed and {user["email"], str(user["id"]), user["name"]} & set(listed)) or (
                    not listed and user.get("role") == "administrator"):
                self.ids.add(user["id"])
                self.names.add(user["name"])
                self.emails.add(user["email"])
        self.known = bool(listed or self.ids)
        # Listed as it stands: no agent list is needed to know whose it is.
        self.ids |= {int(item) for item in listed if item.isdigit()}
        self.names |= set(listed)
        self.all_names = sorted(self.names | {user["name"] for user in data.users}, key=len, reverse=True)
        self.emails |= set(listed)

    def sent(self, message):
        return message.sender.get("type") in ("user", "agent") and message.sender.get("id") in self.ids


def added_labels(text):
    found = re.fullmatch(r".* added (.*)", text, re.DOTALL)
    return found.group(1).split(", ") if found else []


def is_escalation_label(label):
    return label.strip().lower() in ("escalation", "escalated")


def activity(text, names):
    """(what, who did it, to whom) of an activity, or (None, None, None) where it is none that §6 names.

    `names`: the users' names, since a name may hold any of the sentences' words.
    """
    name = "|".join(re.escape(each) for each in names) or "$^"
    for what, pattern in [
        ("none", r".* (set|changed|removed) the priority.*"),
        ("none", r".* (added|removed) SLA policy .*"),
        ("assigned", rf"(?P<who>(?P<to>{name})) self-assigned this conversation"),
        ("assigned", rf"Assigned to (?P<to>{name}) via .* by (?P<who>.*)"),
        ("assigned", rf"Assigned to (?P<to>{name}) by (?P<who>.*)"),
        ("assigned", r"Assigned to (?P<to>.*) by (?P<who>.*)"),
        ("resolved", r"Conversation was marked resolved by (?P<who>.*)"),
        ("reopened", r"Conversation was reopened by (?P<who>.*)"),
        ("labelled", r"(?P<who>.*) added \S+(, \S+)*"),
        ("unlabelled", r"(?P<who>.*) removed \S+(, \S+)*"),
    ]:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            parts = found.groupdict()
            return (None, None, None) if what == "none" else (what, parts["who"], parts.get("to"))
    return None, None, None


def is_reply_action(action):
    return action == "chatwoot.approve_send" or action.startswith("chatwoot.reply.")


def escalations(data, facts, managers, as_of):
    cases = []
    for one in [*facts, *not_exported(data, as_of)]:
        starts, acts, assigned, replies = [], [], [], []
        for message in one.messages:
            if message.kind in ("note", "reply") and managers.sent(message):
                acts.append(message.at)
                replies += [message.at] if message.kind == "reply" else []
            if message.kind == "activity":
                what, who, to = activity(message.text, managers.all_names)
                labels = added_labels(message.text) if what == "labelled" else []
                if any(map(is_escalation_label, labels)):
                    starts.append(message.at)
                # Of several labels added at once, each is an act but the one that escalates.
                if what and who in managers.names and not (labels and all(map(is_escalation_label, labels))):
                    acts.append(message.at)
                if what == "assigned" and to in managers.names:
                    assigned.append(message.at)
        for at, key, before, after in one.changes:
            if key == "label_list" and any(map(is_escalation_label, set(after) - set(before))):
                starts.append(at)
            if key == "assignee_id" and after in managers.ids:
                assigned.append(at)
        for decision in one.decisions:
            if decision.action == "chatwoot.escalate":
                starts.append(decision.at)
            elif decision.actor in managers.emails:
                acts.append(decision.at)
                replies += [decision.at] if is_reply_action(decision.action) else []
        cases += cases_of(one, *[sorted(at for at in times if at <= as_of) for times in (starts, acts, assigned, replies)])
    return sorted(cases, key=lambda c: (c.start, c.conversation, c.account))


def cases_of(one, starts, acts, assigned, replies):
    cases, updated_at = [], None
    for start in starts:
        if cases and (updated_at is None or start <= updated_at):
            continue
        later = [at for at in acts if at > start]
        acknowledged = min(later + [at for at in assigned if at > start], default=None)
        updates = [at for at in replies + one.resolutions if at > start] + later[1:2]
        updated_at = min(updates, default=None)
        cases.append(Escalation(one.account, one.id, start, acknowledged, updated_at))
    return cases
