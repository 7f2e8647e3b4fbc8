#!/usr/bin/env python3
"""Makes small data sets out of edges: what lies on a bound, a second beside it, or where sources disagree.

    edges.py FOLDER SEED [--all-kinds] [--plain]      writes countersign.yml, templates.json, chatwoot/*, decisions/*, and case.json
"""

import datetime
import random
import sys
from zoneinfo import ZoneInfo

from edge_approvals import Approvals
from edge_conversations import Conversations
from edge_dashboard import Dashboard
from edge_escalations import Escalations
from edge_files import Files
from edge_guardrails import Guardrails
from edge_stories import Stories
from edge_sync import Sync
from edge_untemplated import Untemplated
from opening import Opening
from samples import (DAY, DELIVERY_ERRORS, HOUR, MANAGERS, NAMES, NEAR, OPENING_TIMES, TEMPLATES, USERS, UTC, WEEK, WEEKS)


class Edges(Conversations, Escalations, Approvals, Stories, Guardrails, Sync, Dashboard, Files, Untemplated):
    """`is_plain`: around the clock, with default rules, and of one week."""

    def __init__(self, seed, with_all_kinds=False, is_plain=False):
        self.with_all_kinds = with_all_kinds
        self.random = random.Random(seed)
        self.zone, monday = self.random.choice(WEEKS)
        self.monday = datetime.date.fromisoformat(monday)
        self.start, self.end = self.local(self.monday), self.local(self.monday + datetime.timedelta(7))
        self.sla = self.random.choice([60, 60, 60, 30, 240])
        self.clock = self.random.choice(["created", "first_reply", "waiting"])
        # At the end of the week, within it (then the week must be named), or some time after it.
        self.as_of = self.end + self.random.choice([0, 0, 1, HOUR, 5 * HOUR + 1, 3 * DAY, -2 * DAY, -3 * HOUR - 1, -WEEK, -WEEK + 1, -8 * DAY])
        self.shops = ["north.myshopify.com", "south.myshopify.com"][: self.random.choice([1, 1, 2])]
        self.managers = self.random.choice(MANAGERS)
        # A list of the users for each account, or one that does not say of which account it is.
        self.staff_lists = self.random.choice([range(1, len(self.shops) + 1), [None], []])
        self.scopes = self.random.choice([["ops"], ["ops"], ["ops", "customer_support"]])
        self.ack_minutes, self.update_hours = self.random.choice([120, 120, 90]), self.random.choice([24, 24, 8])
        self.templates = self.random.sample(TEMPLATES, self.random.randint(3, len(TEMPLATES)))
        self.conversations, self.messages, self.decisions, self.webhooks = [], [], [], []
        # The accounts' conversations always have the same numbers, their decisions sometimes.
        apart = self.random.choice([0, 900, 20_000])
        self.message_id, self.decision_id, self.contact_id = 1000, {shop: 100 + apart * i for i, shop in enumerate(self.shops)}, 5000
        self.draw_rules(is_plain)
        self.people = {}
        for number, shop in enumerate(self.shops, 1):
            self.people[number] = [self.person() for _ in range(12)] + self.chain()
            for index in range(100 // len(self.shops)):
                self.conversation(number, shop, 500 + index)
            self.repeats(number, shop)
        self.noise()
        self.sync()
        self.untemplated()

    def draw_rules(self, is_plain):
        self.ack_hours, self.guardrails, self.alerts, self.hours, self.weeks = 24, {}, {}, None, 1
        if not is_plain:
            self.ack_hours = self.random.choice([24, 24, 24, 8])
            self.guardrails = self.random.choice([
                {}, {}, {"refund_limit": 250}, {"risk_words": ["lawyer", "legal"], "supervisor_words": ["supervisor"]}])
            self.alerts = self.random.choice([{}, {}, {"failure_rate": 0.25, "slow_ms": 500}])
            self.hours = self.random.choice([None, None, *OPENING_TIMES])
            self.weeks = self.random.choice([1, 1, 1, 2, 3, 4])
        if self.hours and self.chance(0.7):
            days = self.random.sample(range(-7, 14), self.random.randint(1, 3))
            self.hours = {**self.hours, "holidays": [(self.monday + datetime.timedelta(day)).isoformat() for day in days]}
        self.opening = Opening(self.hours, self.zone)
        self.window_start = self.local(self.monday - datetime.timedelta(7 * (self.weeks - 1)))

    def after(self, at, seconds):
        """The moment by which so much opening time has passed."""
        return self.opening.after(at * 1000, seconds * 1000) // 1000

    def local(self, day):
        return int(datetime.datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone)).timestamp())

    def chance(self, share):
        return self.random.random() < share

    def near(self, *moments):
        return self.random.choice(moments) + self.random.choice(NEAR)

    # --- people ---

    def person(self, **keys):
        self.contact_id += 1
        name = self.random.choice(NAMES)
        return {"id": self.contact_id, "name": name, "email": None, "phone_number": None, "identifier": None, **keys}

    def chain(self):
        """Contacts that belong together by a chain of shared keys, and ones that only look as if they did."""
        mail = f"chain{self.contact_id}@mail.example"
        made = [
            self.person(email=mail), self.person(email=f"  {mail.upper()} ", phone_number="+1 (555) 0100-22"),
            self.person(phone_number="+15550100022", identifier="Shop-1"), self.person(identifier="Shop-1"),
            self.person(identifier="shop-1"), self.person(phone_number="15550100022"), self.person(phone_number="n/a"),
            self.person(phone_number="-"), self.person(email="", phone_number="", identifier=""), self.person(email=" "),
        ]
        made.append({**self.person(), "id": None, "email": mail, "name": "No Number"})
        made.append({"id": None, "name": "Weak Person", "email": None, "phone_number": None, "identifier": None})
        return [*made, None]

    # --- rows ---

    def message(self, account, conversation, at, kind, text="…", user=None, **keys):
        self.message_id += 1
        sender = None
        if kind == "customer":
            sender = {**conversation["meta"]["sender"], "type": "contact"} if conversation["meta"]["sender"] else None
        elif user:
            number, name, email, _ = user
            sender = {"id": number, "name": name, "type": "user"}
            if self.chance(0.3):
                sender["email"] = email
        row = {
            "id": self.message_id, "content": text, "account_id": account, "inbox_id": conversation["inbox_id"],
            "conversation_id": conversation["id"], "created_at": at, "status": "sent", "content_type": "text",
            "message_type": {"customer": 0, "reply": 1, "note": self.random.choice([0, 1]), "activity": 2, "template": 3}[kind],
            "private": kind == "note", "source_id": None, "content_attributes": {}, **keys,
        }
        if sender:
            row["sender"] = sender
        if kind == "reply" and self.chance(0.1):
            error = self.random.choice(DELIVERY_ERRORS)
            row["status"] = "failed"
            row["content_attributes"] = {**row["content_attributes"], **({"external_error": error} if error else {})}
        if self.chance(0.1):
            row["message_type"] = ["incoming", "outgoing", "activity", "template"][row["message_type"]]
        self.messages.append(row)

    def decision(self, shop, conversation, at, actor, action, payload=None, milliseconds=0, **keys):
        self.decision_id[shop] += 1
        moment = datetime.datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S") + f".{milliseconds:03d}Z"
        row = {
            "id": self.decision_id[shop], "scope": "ops", "actor": actor, "action": action, "rationale": None,
            "shopDomain": shop, "externalRef": f"chatwoot:{conversation}", "createdAt": moment,
            "payload": {"conversationId": conversation, **(payload or {})}, **keys,
        }
        self.decisions.append(row)
        return row

    def webhook(self, account, conversation, at, **changes):
        """One `conversation_updated`; its body is a snapshot that is older than the exported one."""
        moment = datetime.datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        changed = [{key: {"previous_value": old, "current_value": new}} for key, (old, new) in changes.items()]
        changed.append({"updated_at": {"previous_value": None, "current_value": moment}})
        body = {key: conversation[key] for key in ("id", "inbox_id", "status", "labels", "created_at", "timestamp", "last_activity_at")}
        self.webhooks.append({"event": "conversation_updated", "changed_attributes": changed, **body, "messages": [],
                              "updated_at": conversation["created_at"] + 0.001, "first_reply_created_at": None,
                              "meta": {"sender": {**(conversation["meta"]["sender"] or {}), "type": "contact"}, "assignee": None},
                              "account": {"id": account, "name": "Desk"}})

    # --- what repeats, and what belongs nowhere ---

    def repeats(self, account, shop):
        """Breaches of one customer that lie seven days apart, a second more or less, and at the same moment."""
        number = 800
        for _ in range(8):
            person = self.random.choice(self.people[account])
            last = self.near(self.start, self.end, self.start + self.random.randint(0, WEEK)) - self.sla * 60
            for gap in self.random.sample([0, 1, WEEK - 1, WEEK, WEEK + 1, 2 * WEEK, DAY], 3):
                number += 1
                self.conversation(account, shop, number, last - gap, self.random.choice([person, person, self.people[account][-12]]))

    def noise(self):
        shop = self.shops[0]
        row = {**self.conversations[0], "id": 9999, "meta": {"sender": self.person()}}
        self.message(1, row, self.start + DAY, "customer", "No one knows this conversation.")
        self.message(1, row, self.start + DAY + 60, "reply", "Nor this reply.", USERS[0])
        for index, other in enumerate(["mock-shop.myshopify.com", "test-shop", "dev-shop.myshopify.com", "staging-demo.example"]):
            at = self.start + DAY + index
            excluded = self.decision(shop, 500, at, "ola@desk.example", "chatwoot.approve_send", {"replyBody": "A sample."})
            excluded["shopDomain"] = other
            if index < 2:
                self.decisions.append({**excluded, "id": 90_000 + index, "shopDomain": None, "payload": None, "externalRef": None})
        # Escalations of conversations that were not exported.
        self.decision(shop, 9998, self.start + 2 * DAY, "ola@desk.example", "chatwoot.escalate", {"note": "?"})
        self.message(1, row, self.start + 3 * DAY, "activity", "Ola Operator added escalation")
        if len(self.shops) > 1:
            nowhere = self.decision(shop, 501, self.start + 2 * DAY, "ola@desk.example", "chatwoot.approve_send",
                                    {"replyBody": "Whose?", "aiSuggestionUsed": True})
            nowhere["shopDomain"] = None
        self.snapshots(shop)
        # Of no conversation, by no person, without a payload, without a shop.
        incomplete = [{"payload": {"replyBody": "To whom?"}, "externalRef": None}, {"actor": shop}, {"actor": "system"},
                      {"actor": "Ola Operator"}, {"actor": " "}, {"payload": None}, {"shopDomain": None}]
        for index, keys in enumerate(incomplete):
            at, said = self.start + 4 * DAY + index, {"replyBody": "A line."}
            self.decision(shop, 500, at, "ola@desk.example", "chatwoot.approve_send", said).update(keys)
        self.decision(shop, 502, self.start + 5 * DAY, "ola@desk.example", "billing.check", {})


if __name__ == "__main__":
    Edges(int(sys.argv[2]), "--all-kinds" in sys.argv, "--plain" in sys.argv).write(sys.argv[1])
