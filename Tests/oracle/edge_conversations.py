"""Conversations: when they begin, and what happens in them."""

import datetime

from samples import DAY, HOUR, NEAR, USERS, WEEK


class Conversations:
    def moment(self):
        """A creation: a bound of a week, a day or an hour, a breach on one, or anywhere in five weeks."""
        sla = self.sla * 60
        day = self.local(self.monday + datetime.timedelta(self.random.randint(-21, 7)))
        return self.random.choice([
            self.near(self.start, self.end), self.near(self.start - sla, self.end - sla), self.near(day, day - sla),
            self.near(self.as_of, self.as_of - sla, self.as_of - sla - 2 * HOUR), self.near(self.window_start, self.window_start - sla),
            day + self.random.randint(0, DAY), self.start + self.random.randint(0, WEEK),
            self.start - self.random.randint(0, 12 * WEEK), self.start + self.random.randrange(168) * HOUR - sla,
        ])

    def conversation(self, account, shop, number, created=None, person=None):
        created = created if created is not None else self.moment()
        person = person or self.random.choice(self.people[account])
        person = person and dict(person)
        row = {
            "id": number, "account_id": account, "inbox_id": self.random.choice([1, 2, 7]), "status": "open",
            "labels": [], "custom_attributes": {}, "priority": None, "created_at": created,
            "updated_at": created + 0.25, "timestamp": created, "last_activity_at": created, "first_reply_created_at": 0,
            "waiting_since": 0, "messages": [],
            "meta": {"sender": person, "channel": "Channel::WebWidget"},
        }
        self.conversations.append(row)
        self.severity(row)
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

    def near_due(self, at):
        """How long after `at` the SLA has run out, in opening time or around the clock, a second more or less."""
        return self.random.choice([self.sla * 60, self.after(at, self.sla * 60) - at]) + self.random.choice(NEAR)

    def talk(self, account, shop, row, created, with_first):
        number, sla = row["id"], self.sla * 60
        if with_first:
            self.message(account, row, created + self.random.choice([0, 0, 1, 60, 61]), "customer", "Where is it?")
        at = created
        for _ in range(self.random.randint(0, 5)):
            at += self.random.choice([0, 1, 30, self.near_due(at), self.near_due(at), sla + self.near_sla(), 2 * HOUR + self.near_sla(),
                                      sla + 2 * HOUR, self.random.randint(1, DAY)])
            self.event(account, shop, row, at)
        if self.chance(0.35):
            start = self.near(created + 60, created + sla, at, self.start, self.end, self.as_of - self.ack_minutes * 60,
                              self.as_of - self.update_hours * HOUR)
            self.escalate(account, shop, row, max(start, created))
        for _ in range(self.random.choice([0, 1, 1, 2, 3])):
            self.story(account, shop, row, created)
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
