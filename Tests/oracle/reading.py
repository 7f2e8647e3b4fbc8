"""Reads a data set folder: countersign.yml, chatwoot/*, decisions/*, templates.json.

Times are whole milliseconds since 1970 UTC everywhere; an account is its name.
"""

import datetime
import fnmatch
import json
import pathlib
import re
from dataclasses import dataclass, field

from attempts import is_attempt, read_attempt

EXCLUDED = ["mock-shop*", "test-shop*", "dev-shop*", "staging-demo*", "__aggregate__"]


# --- countersign.yml: the few forms the data sets use ---------------------------------------------------------------


def flow(text):
    """The value of a YAML flow text: {a: 1, b: [x, "y"]}, a scalar, or a quoted string."""
    value, rest = _flow(text.strip())
    if rest.strip():
        raise ValueError(f"cannot read {text!r}")
    return value


def _flow(text):
    text = text.lstrip()
    if text.startswith("["):
        items, text = [], text[1:].lstrip()
        while not text.startswith("]"):
            item, text = _flow(text)
            items.append(item)
            text = text.lstrip().removeprefix(",").lstrip()
        return items, text[1:]
    if text.startswith("{"):
        pairs, text = {}, text[1:].lstrip()
        while not text.startswith("}"):
            key, text = text.split(":", 1)
            pairs[key.strip()], text = _flow(text)
            text = text.lstrip().removeprefix(",").lstrip()
        return pairs, text[1:]
    if text.startswith('"'):
        return json.JSONDecoder().raw_decode(text)[0], text[json.JSONDecoder().raw_decode(text)[1]:]
    word = re.match(r"[^,\]}]*", text).group()
    return scalar(word.strip()), text[len(word):]


def scalar(word):
    if word in ("true", "false"):
        return word == "true"
    if word in ("", "null", "~"):
        return None
    return int(word) if re.fullmatch(r"-?\d+", word) else word


def config(path):
    settings, key = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        line = re.sub(r"(^|\s)#.*", "", line)
        if not line.strip():
            continue
        if line.lstrip().startswith("- "):
            item = line.lstrip()[2:]
            if not isinstance(settings.get(key), list):
                settings[key] = []
            settings[key].append(item if key == "inputs" else flow(item))
        elif not line.startswith(" "):
            key, value = line.split(":", 1)
            settings[key] = flow(value)
    return settings


# --- values ---------------------------------------------------------------------------------------------------------


def instant(value):
    """Milliseconds of an epoch number (seconds, or ms beyond 10^11) or of an ISO text; None for null and for 0."""
    if value is None or value == 0 or value == "":
        return None
    if isinstance(value, (int, float)):
        return int(value) if value > 1e11 else round(value * 1000)
    text = value.strip().replace(" UTC", "Z").replace("Z", "+00:00")
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return (moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) // datetime.timedelta(milliseconds=1)


def rows(path):
    """Every object of a file: NDJSON, or a JSON document whose rows may lie under `payload` or `data.payload`."""
    text = path.read_text(encoding="utf-8")
    try:
        document = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    while isinstance(document, dict) and ("payload" in document or "data" in document) and "action" not in document:
        document = document.get("payload", document.get("data"))
    return document if isinstance(document, list) else [document]


# --- records --------------------------------------------------------------------------------------------------------


@dataclass
class Message:
    id: int
    account: str
    conversation: int
    at: int
    kind: str  # customer, reply, note, activity, other
    sender: dict
    text: str
    status: str | None = None
    error: str | None = None


@dataclass
class Decision:
    id: object
    account: str | None
    conversation: int | None
    at: int
    scope: str
    actor: str
    action: str
    payload: dict | None
    shop: str | None
    rationale: str | None = None


@dataclass
class Data:
    settings: dict
    accounts: list = field(default_factory=list)
    conversations: dict = field(default_factory=dict)  # (account, id) -> newest snapshot
    messages: dict = field(default_factory=dict)  # (account, id) -> Message
    contacts: list = field(default_factory=list)  # (account, at, contact)
    decisions: list = field(default_factory=list)  # those that count: in scope, not excluded, no twins
    every_decision: list = field(default_factory=list)  # of any scope and actor, no twins
    logged_decisions: list = field(default_factory=list)  # every row of the log
    attempts: list = field(default_factory=list)
    recorded: dict = field(default_factory=dict)  # (account, conversation) -> earliest breach that a dashboard snapshot records
    users: list = field(default_factory=list)
    templates: list = field(default_factory=list)
    changes: list = field(default_factory=list)  # of webhooks: (account, conversation, at, attribute, before, after)


def message_kind(row):
    sender, private = row.get("sender") or {}, bool(row.get("private"))
    attributes = row.get("content_attributes") or {}
    by_user = sender.get("type") in ("user", "agent")
    kind = row["message_type"]
    kind = kind if isinstance(kind, str) else ["incoming", "outgoing", "activity", "template"][kind]
    if attributes.get("deleted"):
        return "deleted"
    if kind == "activity":
        return "activity"
    if kind in ("incoming", "outgoing") and private:
        return "note" if by_user else "other"
    if kind == "incoming":
        return "other" if sender.get("type") in ("user", "agent", "agent_bot") else "customer"
    automated = attributes.get("automation_rule_id") or (row.get("additional_attributes") or {}).get("campaign_id")
    return "reply" if kind == "outgoing" and by_user and not automated else "other"


def snapshot_version(row):
    return (instant(row.get("updated_at")) or 0, instant(row.get("last_activity_at") or row.get("timestamp")) or 0)


def load(folder):
    folder = pathlib.Path(folder)
    data = Data(config(folder / "countersign.yml"))
    mapping = data.settings.get("accounts") or []
    name_of_number = {entry["chatwoot_account"]: entry["shop"] for entry in mapping}

    def account_of(number):
        return name_of_number.get(number, f"chatwoot:{number}")

    seen = set()
    for path in sorted((folder / "chatwoot").iterdir()):
        for row in rows(path):
            if "event" in row:
                read_webhook(data, row, account_of(row["account"]["id"]))
            elif "message_type" in row:
                read_message(data, row, account_of(row["account_id"]))
            elif "inbox_id" in row:
                read_conversation(data, row, account_of(row["account_id"]))
            elif "role" in row:
                data.users.append(row)
            elif "phone_number" in row:
                data.contacts.append((None, None, row))
    found = {account for account, _ in data.conversations} | {account for account, _ in data.messages}
    data.accounts = sorted(found | set(name_of_number.values()))
    for path in sorted((folder / "decisions").iterdir()):
        for row in rows(path):
            if row.get("factType") == "chatwoot.escalations":
                read_snapshot(data, row)
            text = json.dumps(row, sort_keys=True)
            if text in seen or not ("actor" in row or is_attempt(row)):
                continue
            seen.add(text)
            if is_attempt(row):
                data.attempts.append(read_attempt(row, instant))
            else:
                data.logged_decisions.append(read_decision(data, row))
    templates = folder / (data.settings.get("templates") or "templates.json")
    data.templates = json.loads(templates.read_text(encoding="utf-8"))
    data.every_decision = without_twins(data.logged_decisions)
    data.decisions = [one for one in data.every_decision if in_scope(data, one)]
    data.attempts = [one for one in data.attempts if one.scope in scopes(data)]
    return data


def read_message(data, row, account):
    message = Message(row["id"], account, row["conversation_id"], instant(row["created_at"]), message_kind(row),
                      row.get("sender") or {}, row.get("content") or "", row.get("status"),
                      (row.get("content_attributes") or {}).get("external_error"))
    if message.kind == "deleted":
        return
    data.messages[account, message.id] = message
    if message.kind == "customer" and message.sender:
        data.contacts.append((account, message.at, message.sender))


def read_conversation(data, row, account):
    key = (account, row["id"])
    sender = (row.get("meta") or {}).get("sender")
    if sender:
        data.contacts.append((account, instant(row["created_at"]), sender))
    known = data.conversations.get(key)
    if known is None:
        data.conversations[key] = row
    else:
        older, newer = sorted([known, row], key=snapshot_version)
        data.conversations[key] = {**older, **newer}


def read_webhook(data, row, account):
    changes = {key: value for one in row.get("changed_attributes") or [] for key, value in one.items()}
    at = instant((changes.get("updated_at") or {}).get("current_value") or row["updated_at"])
    for key, value in changes.items():
        change = (account, row["id"], at, key, value["previous_value"], value["current_value"])
        if change not in data.changes:
            data.changes.append(change)
    read_conversation(data, row, account)


def read_snapshot(data, row):
    for entry in row["value"]:
        at = instant(entry.get("breachedAt"))
        if at is not None:
            key = (row["shopDomain"], entry["id"])
            data.recorded[key] = min(data.recorded.get(key, at), at)


def read_decision(data, row):
    row = {**row, "shopDomain": row.get("shopDomain", row.get("shop_domain")),
           "externalRef": row.get("externalRef", row.get("external_ref")), "createdAt": row.get("createdAt", row.get("created_at"))}
    payload = row.get("payload")
    if isinstance(payload, str):
        payload = json.loads(payload)
    number = (payload or {}).get("conversationId")
    if number is None:
        reference = re.fullmatch(r"chatwoot:(\d+)", row.get("externalRef") or "")
        number = reference.group(1) if reference else None
    shop = row.get("shopDomain") or None
    account = shop or (data.accounts[0] if len(data.accounts) == 1 else None)
    action = (data.settings.get("actions") or {}).get(row["action"], row["action"])
    # Where the log names nobody, the shop stands instead.
    actor = row["actor"] if (row["actor"] or "").strip() else shop or "system"
    return Decision(row["id"], account, None if number is None else int(number), instant(row["createdAt"]),
                    row.get("scope") or "ops", actor, action, payload, shop, row.get("rationale"))


def in_order(id):
    """Ids sort as numbers where they are numbers."""
    return (0, int(id), "") if re.fullmatch(r"\d+", str(id)) else (1, 0, str(id))


def scopes(data):
    return data.settings.get("scopes") or ["ops"]


def in_scope(data, decision):
    names = [decision.shop or "", decision.actor]
    return decision.scope in scopes(data) and not any(
        fnmatch.fnmatchcase(name, pattern) for name in names for pattern in EXCLUDED)


def without_twins(decisions):
    """One of each pair of twins (§0): the one with a payload, of two the smaller id."""
    def agrees(one, other):
        return one is None or other is None or one == other

    kept = []
    for decision in sorted(decisions, key=lambda d: (d.payload is None, in_order(d.id))):
        same = [one for one in kept if (one.scope, one.actor, one.action, one.at)
                == (decision.scope, decision.actor, decision.action, decision.at)
                and agrees(one.shop, decision.shop) and agrees(one.conversation, decision.conversation)]
        if not same:
            kept.append(decision)
    return kept
