"""A desk of a few rows, for tests: one account, one week in UTC, every moment given in minutes since Monday 00:00."""

import datetime
import json
import pathlib
import tempfile

from oracle import document

MONDAY = datetime.datetime(2026, 11, 9, tzinfo=datetime.timezone.utc)
WEEK, DAY, HOUR = 10_080, 1440, 60
OLA, MO = (11, "Ola Operator", "ola@desk.example"), (31, "Mo Manager", "mo@desk.example")
SHOP = "north.example"
AGENTS = [{"id": id, "name": name, "email": email, "role": "agent", "account_id": 1} for id, name, email in (OLA, MO)]


def moment(minute):
    return (MONDAY + datetime.timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Desk:
    def __init__(self, **settings):
        self.settings = {"timezone": "UTC", "managers": ["mo@desk.example"], **settings}
        self.conversations, self.messages, self.decisions, self.attempts, self.facts = [], [], [], [], []

    def conversation(self, at=0, number=1, **keys):
        seconds = int((MONDAY + datetime.timedelta(minutes=at)).timestamp())
        self.conversations.append({
            "id": number, "account_id": 1, "inbox_id": 1, "status": "open", "labels": [], "created_at": seconds,
            "last_activity_at": seconds, "first_reply_created_at": 0, "meta": {"sender": {"id": 7, "name": "Uma"}}, **keys})

    def message(self, at, kind, text="A line.", user=OLA, number=1, **keys):
        sender = {"customer": {"id": 7, "name": "Uma", "type": "contact"}, "activity": None}.get(
            kind, {"id": user[0], "name": user[1], "type": "user"})
        self.messages.append({
            "id": 100 + len(self.messages), "account_id": 1, "conversation_id": number, "inbox_id": 1, "content": text,
            "created_at": (MONDAY + datetime.timedelta(minutes=at)).timestamp(), "status": "sent", "content_attributes": {},
            "message_type": {"customer": 0, "activity": 2}.get(kind, 1), "private": kind == "note",
            **({"sender": sender} if sender else {}), **keys})

    def label(self, at, label="escalation", number=1, what="added"):
        self.message(at, "activity", f"Ola Operator {what} {label}", number=number)

    def resolve(self, at, number=1):
        self.message(at, "activity", "Conversation was marked resolved by Ola Operator", number=number)

    def decision(self, at, action="chatwoot.approve_send", text="A line.", user=OLA, number=1, **keys):
        payload = {"conversationId": number, **({"replyBody": text} if "repl" in action or "approve" in action else {})}
        self.decisions.append({
            "id": 1 + len(self.decisions), "scope": "ops", "actor": user[2], "action": action, "rationale": None, "shopDomain": SHOP,
            "externalRef": f"chatwoot:{number}", "createdAt": moment(at), "payload": payload, **keys})

    def attempt(self, at, decision=1, **keys):
        self.attempts.append({"decisionId": decision, "timestamp": moment(at), "attempt": 1, **keys})

    def snapshot(self, breach, number):
        self.facts.append({"factType": "chatwoot.escalations", "shopDomain": SHOP, "createdAt": moment(breach),
                           "value": [{"id": number, "breachedAt": moment(breach)}]})

    def write(self, folder):
        for name, rows in (("chatwoot", AGENTS + self.conversations + self.messages),
                           ("decisions", self.decisions + self.attempts + self.facts)):
            (folder / name).mkdir()
            (folder / name / "rows.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (folder / "templates.json").write_text(json.dumps([{"id": "hello", "label": "Hello", "body": "Hello {{name}}"}]))
        settings = {"store": "sqlite:var/countersign.sqlite", "inputs": "[{path: chatwoot/*}, {path: decisions/*}]",
                    "accounts": f"[{{shop: {SHOP}, chatwoot_account: 1}}]", "templates": "templates.json",
                    "retention": "{enabled: false}", **self.settings}
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in settings.items()}
        (folder / "countersign.yml").write_text("".join(f"{key}: {value}\n" for key, value in texts.items()))

    def report(self, as_of=WEEK, weeks=1):
        """The first account of the KPI document of the week."""
        with tempfile.TemporaryDirectory(prefix="countersign-oracle-") as folder:
            folder = pathlib.Path(folder)
            self.write(folder)
            return document(folder, moment(as_of), "2026-W46", weeks=weeks)["accounts"][0]

    def control(self, id, as_of=WEEK):
        """(checked, failed) of one control."""
        found = next(one for one in self.report(as_of)["controls"] if one["id"] == id)
        return None if "checked" not in found else (found["checked"], found["failed"])
