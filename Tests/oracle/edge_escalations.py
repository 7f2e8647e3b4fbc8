"""Escalations, and what managers then do, on the second."""

from samples import HOUR, MINUTE, NEAR, USERS


class Escalations:
    def escalate(self, account, shop, row, at):
        user, number = self.random.choice(USERS), row["id"]
        milliseconds = self.random.choice([0, 0, 500, 999])

        def by_label(moment, who):
            label = self.random.choice(["escalation", "Escalation", "escalated", "ESCALATED", "billing, escalation"])
            self.message(account, row, moment, "activity", f"{who[1]} added {label}")

        def by_decision(moment, who):
            self.decision(shop, number, moment, who[2], "chatwoot.escalate",
                          {"note": self.random.choice(["over the limit", None, " "])}, milliseconds,
                          rationale=self.random.choice([None, "Escalated to manager", "Angry customer"]))

        def by_webhook(moment, who):
            before = self.random.choice([[], ["billing"], ["escalated"]])
            self.webhook(account, row, moment, label_list=(before, [*before, self.random.choice(["escalation", "Escalation"])]))

        ways = [by_label, by_decision, by_webhook]
        self.random.shuffle(ways)
        ways[0](at, user)
        if self.chance(0.5):
            ways[1](at + self.random.choice([0, 1, 5]), user)
        if self.chance(0.3):
            gap = self.random.choice([-10 * MINUTE, HOUR]) + self.random.choice(NEAR)
            self.message(account, row, max(row["created_at"], at + gap), "note", "Wants a new one.", self.random.choice(USERS))
        manager = self.random.choice(USERS[3:])
        ack, update = self.ack_minutes * 60, self.update_hours * HOUR
        if self.hours and self.chance(0.8):
            ack, update = self.after(at, ack) - at, self.after(at, update) - at
        targets = [self.due(at, hours * HOUR) - at for hours in (1, 4, 24, 72)]  # of the register
        for gap in self.random.sample([0, 1, 60, ack - 1, ack, ack + 1, update - 1, update, update + 1, 5 * HOUR, *targets],
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
