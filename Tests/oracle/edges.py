#!/usr/bin/env python3
"""Makes small data sets out of edges: what lies on a bound, a second beside it, or where sources disagree.

    edges.py FOLDER SEED [--all-kinds]      writes countersign.yml, templates.json, chatwoot/*, decisions/*, and case.json
"""

import datetime
import json
import pathlib
import random
import sys
from zoneinfo import ZoneInfo

from samples import MANAGERS, NAMES, NEAR, TEMPLATES, USERS, WEEKS, WORDS

HOUR, DAY, WEEK = 3600, 86_400, 604_800
UTC = datetime.timezone.utc


class Edges:
    def __init__(self, seed, with_all_kinds=False):
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
        self.message_id, self.decision_id, self.contact_id = 1000, {shop: 100 for shop in self.shops}, 5000
        self.people = {}
        for number, shop in enumerate(self.shops, 1):
            self.people[number] = [self.person() for _ in range(12)] + self.chain()
            for index in range(100 // len(self.shops)):
                self.conversation(number, shop, 500 + index)
            self.repeats(number, shop)
        self.noise()

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

    # --- one conversation ---

    def moment(self):
        """A creation: a bound of a week, a day or an hour, a breach on one, or anywhere in five weeks."""
        sla = self.sla * 60
        day = self.local(self.monday + datetime.timedelta(self.random.randint(-21, 7)))
        return self.random.choice([
            self.near(self.start, self.end), self.near(self.start - sla, self.end - sla), self.near(day, day - sla),
            self.near(self.as_of, self.as_of - sla, self.as_of - sla - 2 * HOUR),
            day + self.random.randint(0, DAY), self.start + self.random.randint(0, WEEK),
            self.start - self.random.randint(0, 12 * WEEK), self.start + self.random.randrange(168) * HOUR - sla,
        ])

    def conversation(self, account, shop, number, created=None, person=None):
        created = created if created is not None else self.moment()
        person = person or self.random.choice(self.people[account])
        person = person and dict(person)
        row = {
            "id": number, "account_id": account, "inbox_id": self.random.choice([1, 2, 7]), "status": "open",
            "labels": [], "created_at": created, "updated_at": created + 0.25, "timestamp": created,
            "last_activity_at": created, "first_reply_created_at": 0, "waiting_since": 0, "messages": [],
            "meta": {"sender": person, "channel": "Channel::WebWidget"},
        }
        self.conversations.append(row)
        story = self.random.random()
        if story > 0.1:
            self.talk(account, shop, row, created, with_first=story > 0.2)
        elif self.chance(0.7):
            row["first_reply_created_at"] = created + self.random.choice([1, self.near_sla(), 9 * HOUR])
            row["status"] = self.random.choice(["open", "resolved", "pending", "snoozed"])
            row["last_activity_at"] = created + self.random.choice([self.near_sla(), self.near_sla() + 2 * HOUR, DAY])
        row["updated_at"] = max(row["last_activity_at"], created) + 0.25
        if self.chance(0.15):
            self.conversations.append({**row, "status": "open", "updated_at": created + 0.125, "inbox_id": row["inbox_id"],
                                       "last_activity_at": created})
        elif self.chance(0.05):
            before = {"sender": self.random.choice(self.people[account]), "channel": "Channel::WebWidget"}
            self.conversations.append({**row, "meta": before, "updated_at": created + 0.125})

    def near_sla(self):
        return self.sla * 60 + self.random.choice(NEAR)

    def talk(self, account, shop, row, created, with_first):
        number, sla = row["id"], self.sla * 60
        if with_first:
            self.message(account, row, created + self.random.choice([0, 0, 1, 60, 61]), "customer", "Where is it?")
        at = created
        for _ in range(self.random.randint(0, 5)):
            at += self.random.choice([0, 1, 30, self.near_sla(), self.near_sla(), sla + self.near_sla(), 2 * HOUR + self.near_sla(),
                                      sla + 2 * HOUR, self.random.randint(1, DAY)])
            self.event(account, shop, row, at)
        if self.chance(0.35):
            start = self.near(created + 60, created + sla, at, self.start, self.end, self.as_of - self.ack_minutes * 60,
                              self.as_of - self.update_hours * HOUR)
            self.escalate(account, shop, row, max(start, created))
        latest = max((m["created_at"] for m in self.messages if (m["account_id"], m["conversation_id"]) == (account, number)),
                     default=created)
        row["last_activity_at"] = row["timestamp"] = latest
        replies = [m["created_at"] for m in self.messages if (m["account_id"], m["conversation_id"]) == (account, number)
                   and m["message_type"] == 1 and not m["private"]]
        row["first_reply_created_at"] = self.random.choice([min(replies, default=0), 0, created + self.near_sla()])
        if self.chance(0.2):
            row["status"] = "resolved"

    def event(self, account, shop, row, at):
        user, number = self.random.choice(USERS), row["id"]
        what = self.random.choice(["reply", "reply", "customer", "note", "approve", "approve", "resolve", "resolve decision",
                                   "reopen", "no reply", "label", "assign", "nothing", "webhook", "deleted", "other"])
        if what in ("reply", "customer", "note"):
            self.message(account, row, at, what, "A line." if self.chance(0.9) else None, user)
        elif what == "approve":
            self.approve(account, shop, row, at, user)
        elif what == "resolve":
            self.message(account, row, at, "activity", self.random.choice([
                f"Conversation was marked resolved by {user[1]}", "Conversation was marked resolved by system due to 3 days of inactivity",
                "Conversation was resolved by Uma fischer", "Conversation was marked resolved by Helper (no answer)"]))
        elif what == "resolve decision":
            self.decision(shop, number, at, user[2], "chatwoot.mark_resolved", {"note": None})
        elif what == "reopen":
            self.message(account, row, at, "activity", f"Conversation was reopened by {user[1]}")
        elif what == "no reply":
            self.random.choice([
                lambda: self.message(account, row, at, "reply", "auto", user, content_attributes={"automation_rule_id": 4}),
                lambda: self.message(account, row, at, "reply", "campaign", user, additional_attributes={"campaign_id": 4}),
                lambda: self.message(account, row, at, "template", "We are out."),
                lambda: self.message(account, row, at, "reply", "gone", user, content_attributes={"deleted": True}),
                lambda: self.message(account, row, at, "reply", "bot", sender={"id": 31, "name": "Mo Manager", "type": "agent_bot"}),
            ])()
        elif what == "label":
            self.message(account, row, at, "activity", f"{user[1]} " + self.random.choice(
                ["added billing", "removed billing", "added pre-escalation", "added escalation_2", "added SLA policy escalation",
                 "removed the priority", "set the priority to high", "removed escalation", "changed the priority from low to urgent",
                 "removed SLA policy Gold", "has muted the conversation"]))
        elif what == "other":
            self.message(account, row, at, "activity", self.random.choice(
                ["Conversation unassigned by {}", "Conversation was snoozed by {}", "Conversation was marked as pending by {}",
                 "Unassigned from care by {}", "Linear issue CX-1 was created by {}"]).format(user[1]))
        elif what == "webhook":
            self.webhook(account, row, at, status=self.random.choice([("open", "resolved"), ("resolved", "open"), ("open", "snoozed")]))
        elif what == "deleted":
            self.message(account, row, at, "customer", "This message was deleted", content_attributes={"deleted": True})
        elif what == "assign":
            to = self.random.choice(USERS)[1]
            self.message(account, row, at, "activity", self.random.choice(
                [f"Assigned to {to} by {user[1]}", f"{user[1]} self-assigned this conversation",
                 f"Assigned to {to} by Automation System", f"Assigned to {to} via care by {user[1]}"]))

    # --- escalations ---

    def escalate(self, account, shop, row, at):
        user, number = self.random.choice(USERS), row["id"]
        milliseconds = self.random.choice([0, 0, 500, 999])

        def by_label(moment, who):
            label = self.random.choice(["escalation", "Escalation", "escalated", "ESCALATED", "billing, escalation"])
            self.message(account, row, moment, "activity", f"{who[1]} added {label}")

        def by_decision(moment, who):
            self.decision(shop, number, moment, who[2], "chatwoot.escalate", {"note": "over the limit"}, milliseconds)

        def by_webhook(moment, who):
            before = self.random.choice([[], ["billing"], ["escalated"]])
            self.webhook(account, row, moment, label_list=(before, [*before, self.random.choice(["escalation", "Escalation"])]))

        ways = [by_label, by_decision, by_webhook]
        self.random.shuffle(ways)
        ways[0](at, user)
        if self.chance(0.5):
            ways[1](at + self.random.choice([0, 1, 5]), user)
        manager = self.random.choice(USERS[3:])
        ack, update = self.ack_minutes * 60, self.update_hours * HOUR
        for gap in self.random.sample([0, 1, 60, ack - 1, ack, ack + 1, update - 1, update, update + 1, 5 * HOUR],
                                      self.random.randint(0, 4)):
            what = self.random.choice(["note", "reply", "decision", "approve", "assigned", "self", "label", "resolve", "again", "other",
                                       "webhook assigned", "webhook resolved", "webhook unlabelled"])
            when = at + gap
            if what in ("note", "reply"):
                self.message(account, row, when, what, "Looking into it.", manager)
            elif what == "decision":
                self.decision(shop, number, when, manager[2], "chatwoot.note_taken", {}, milliseconds)
            elif what == "approve":
                self.approve(account, shop, row, when, manager)
            elif what == "assigned":
                self.message(account, row, when, "activity", f"Assigned to {manager[1]} by Ola Operator")
            elif what == "self":
                self.message(account, row, when, "activity", f"{manager[1]} self-assigned this conversation")
            elif what == "label":
                self.message(account, row, when, "activity", f"{manager[1]} " + self.random.choice(
                    ["added billing", "removed escalation", "added escalated"]))
            elif what == "resolve":
                self.message(account, row, when, "activity", f"Conversation was marked resolved by {manager[1]}")
            elif what == "other":
                self.message(account, row, when, "activity", self.random.choice(
                    ["Conversation unassigned by {}", "Conversation was snoozed by {}"]).format(manager[1]))
            elif what == "webhook assigned":
                self.webhook(account, row, when, assignee_id=(None, self.random.choice([11, manager[0]])))
            elif what == "webhook resolved":
                self.webhook(account, row, when, status=("open", "resolved"))
            elif what == "webhook unlabelled":
                self.webhook(account, row, when, label_list=(["escalation", "billing"], ["billing"]))
            else:
                self.random.choice(ways)(when, self.random.choice(USERS))

    # --- approvals ---

    def approve(self, account, shop, row, at, user):
        number, name = row["id"], (row["meta"]["sender"] or {}).get("name") or "Customer"
        template = self.random.choice(self.templates)
        shown = self.random.choice([name, name.split()[0], "Customer", "there", "Someone Else"])
        text = template["body"].replace("{{name}}", shown).replace("{{ name }}", shown)
        text = self.random.choice([text, text.replace("{{order_id}}", "").replace("{{link}}", "")])
        reply = self.edited(text)
        suggestion = self.random.choice([
            {}, {}, {"aiSuggestion": text}, {"aiSuggestion": {"text": text, "templateId": template["id"]}},
            {"aiSuggestion": {"body": text}}, {"aiSuggestion": {"text": "", "content": text}}, {"aiSuggestion": ""},
            {"suggestedReply": text}, {"suggestion": self.edited(text)}, {"draftText": text, "templateId": "ack_delay"},
            {"templateId": template["id"]}, {"aiSuggestion": {"template": template["id"]}}, {"aiSuggestion": {"templateId": "gone"}},
            {"templateId": "gone"}, {"aiSuggestion": None}, {"aiSuggestion": " \n"}, {"suggestion": "\u00a0", "draftText": text},
            {"aiSuggestion": {"confidence": 0.5}, "suggestion": text}, {"aiSuggestion": {"suggestedReply": text}, "draftText": "no"},
        ])
        payload = {"replyBody": reply, "aiSuggestionUsed": self.random.choice([True, True, False, "true", "false", None]),
                   **suggestion}
        if self.chance(0.4):
            payload["grades"] = {key: self.random.choice([None, 1, 3, 4, 5, "4"]) for key in ("tone", "accuracy", "policy")}
        action = "chatwoot.approve_send" if self.chance(0.85) else f"chatwoot.reply.{template['id']}"
        row_of = self.decision(shop, number, at, user[2], action, payload, self.random.choice([0, 0, 999]))
        if self.chance(0.7):
            self.message(account, row, at + self.random.choice([0, 0, 1, 2]), "reply", reply, user)
        self.variants(row_of, shop)

    def variants(self, row, shop):
        """A twin, or a change of scope or shop that puts the decision elsewhere or nowhere."""
        if self.chance(0.1):
            self.decision_id[shop] += 1
            self.decisions.append({**row, "id": self.decision_id[shop], "payload": self.random.choice([None, row["payload"]]),
                                   "externalRef": None, "shopDomain": self.random.choice([None, row["shopDomain"]])})
        elif self.chance(0.15):
            row.update(self.random.choice([
                {"scope": "build"}, {"scope": None}, {"scope": "customer_support"}, {"actor": "__aggregate__"},
                {"externalRef": None}, {"payload": json.dumps(row["payload"])},
                {"payload": {**row["payload"], "conversationId": str(row["payload"]["conversationId"])}},
            ]))
            if self.chance(0.2):
                row.pop("scope")

    def edited(self, text):
        words = text.split(" ")
        kind = self.random.random()
        if kind < 0.3:
            return self.random.choice([text, text.replace("'", "’").replace(" ", "  ", 2) + "\n", text.replace(" ", "\u00a0", 1)])
        if kind < 0.4:
            return self.random.choice(["", " ", "ok", "Ne\u0301e " + text, "\u200b" + text, text.replace(" ", "\r\n", 1),
                                       text.replace(" ", " \u0301", 1), text.replace(" ", "\x1c", 1), text.replace(" ", "\u0085\u2028 "),
                                       text + " 👩\u200d👩\u200d👧", text.upper(), None])
        share = self.random.choice([0.2, 0.2, 0.5, 0.7, 0.1, 0.9, self.random.random()])
        places = self.random.sample(range(len(words)), min(len(words), round(share * len(words))))
        for place in places:
            words[place] = self.random.choice(WORDS) + "…"
        return " ".join(words + (self.random.sample(WORDS, 2) if self.chance(0.1) else []))

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

    # --- files ---

    def write(self, folder):
        folder = pathlib.Path(folder)
        for name in ("chatwoot", "decisions"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        shuffled = self.random.sample(self.conversations, len(self.conversations))
        half = len(shuffled) // 2
        for index, part in enumerate([shuffled[:half], shuffled[half:], self.random.sample(shuffled, 5)]):
            self.put(folder / f"chatwoot/conversations-{index}.json", {"data": {"meta": {"all_count": len(part)}, "payload": part}})
        messages = self.random.sample(self.messages, len(self.messages))
        self.put_lines(folder / "chatwoot/messages-0.ndjson", messages)
        self.put_lines(folder / "chatwoot/messages-1.ndjson", messages[:20])
        for account in self.staff_lists:
            users = [dict(zip(("id", "name", "email", "role"), user), account_id=account) for user in USERS]
            self.put(folder / f"chatwoot/agents-{account}.json", users)
        if self.with_all_kinds:
            self.put_lines(folder / "chatwoot/webhooks.ndjson", self.random.sample(self.webhooks, len(self.webhooks)))
        decisions = [self.spelled(row) for row in self.random.sample(self.decisions, len(self.decisions))]
        if self.with_all_kinds and len(self.shops) == 1:  # A contact list does not say of which account it is.
            self.put(folder / "chatwoot/contacts.json", {"meta": {"count": 3, "current_page": 1}, "payload": self.contact_list()})
        self.put_lines(folder / "decisions/decisions-0.ndjson", decisions)
        self.put_lines(folder / "decisions/decisions-1.ndjson", decisions[:10])
        self.put(folder / "templates.json", self.templates)
        accounts = ", ".join(f"{{shop: {shop}, chatwoot_account: {number}}}" for number, shop in enumerate(self.shops, 1))
        (folder / "countersign.yml").write_text("\n".join([
            f"timezone: {self.zone}", "store: sqlite:var/countersign.sqlite", "inputs:", "  - path: decisions/*",
            "  - path: chatwoot/*", f"accounts: [{accounts}]", f"managers: {json.dumps(self.managers)}",
            f"sla: {{breach_minutes: {self.sla}, clock: {self.clock}, manager_ack_minutes: {self.ack_minutes}, "
            f"manager_update_hours: {self.update_hours}}}", f"scopes: [{', '.join(self.scopes)}]",
            "templates: templates.json", "retention: {enabled: false}", ""]))
        year, week, _ = self.monday.isocalendar()
        as_of = datetime.datetime.fromtimestamp(self.as_of, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        # The week need not be named where it is the last that has ended.
        is_last = self.end <= self.as_of < self.local(self.monday + datetime.timedelta(14))
        self.put(folder / "case.json", {"as_of": as_of, "week": f"{year}-W{week:02d}", "is_named": not is_last or self.chance(0.5)})

    def spelled(self, row):
        """A decision as another table has it: snake_case, its time in milliseconds."""
        if not self.chance(0.1):
            return row
        names = {"shopDomain": "shop_domain", "externalRef": "external_ref", "createdAt": "created_at"}
        other = {names.get(key, key): value for key, value in row.items()}
        moment = datetime.datetime.fromisoformat(row["createdAt"].replace("Z", "+00:00"))
        other["created_at"] = (moment - datetime.datetime(1970, 1, 1, tzinfo=UTC)) // datetime.timedelta(milliseconds=1)
        return other

    def contact_list(self):
        """Old contacts, some of them now with a key that joins them to another."""
        known = [person for person in self.people[1] if person and person["id"]]
        rows = []
        for person in self.random.sample(known, 6):
            row = {**person, "created_at": self.start - 20 * WEEK, "contact_inboxes": [], "blocked": False, "thumbnail": "",
                   "additional_attributes": {}, "custom_attributes": {}}
            if self.chance(0.5):
                row[self.random.choice(["email", "identifier"])] = self.random.choice(["shared-key", "other-key"]) + "@mail.example"
            rows.append(row)
        return rows

    def put(self, path, value):
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    def put_lines(self, path, rows):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    Edges(int(sys.argv[2]), "--all-kinds" in sys.argv).write(sys.argv[1])
