"""What follows a breach, a label or an approval, on the second of each allowance."""

from samples import DAY, HOUR, MINUTE, NEAR, USERS, WEEK


class Stories:
    def story(self, account, shop, row, created):
        """One thing that a figure looks at, somewhere in the report's weeks or around its bounds."""
        tell = self.random.choice([
            self.breach_answered, self.label_reviewed, self.follow_up, self.own_messages, self.both_sides, self.same_reply_again,
            self.guarded_words, self.guarded_words, self.resolution_verified, self.risky_note,
        ])
        tell(account, shop, row, max(created, self.story_moment(created)))

    def story_moment(self, created):
        return self.random.choice([
            created + self.random.choice([0, 1, 60, HOUR]), self.near(self.window_start, self.start, self.end),
            self.start + self.random.randint(0, WEEK), self.start + self.random.randint(0, WEEK),
            self.window_start + self.random.randint(0, max(1, self.end - self.window_start)),
            self.near(*[self.as_of - gap for gap in (30 * MINUTE, HOUR, 2 * HOUR, self.ack_hours * HOUR, 2 * DAY)]),
        ])

    def due(self, at, seconds):
        """A second before, at or after the moment at which so much opening time has passed."""
        return self.after(at, seconds) + self.random.choice(NEAR)

    def act(self, account, shop, row, at, what):
        user, number = self.random.choice(USERS), row["id"]
        if what in ("reply", "note", "customer"):
            self.message(account, row, at, what, "A line.", user)
        elif what == "approve":
            self.approve(account, shop, row, at, user)
        elif what == "label":
            label = self.random.choice(["escalation", "escalated", "Escalation"])
            self.message(account, row, at, "activity", f"{user[1]} added {label}")
        elif what == "resolve":
            self.message(account, row, at, "activity", f"Conversation was marked resolved by {user[1]}")
        else:
            self.decision(shop, number, at, user[2], what, {"note": self.random.choice([None, "A note", "Escalated to manager", " "])},
                          self.random.choice([0, 0, 1, 999]), rationale=self.random.choice([None, None, "Escalated to manager", "Why"]))

    def breach_answered(self, account, shop, row, _):
        breach = self.after(row["created_at"], self.sla * 60)
        for span in self.random.sample([0, 30 * MINUTE, 2 * HOUR, HOUR], self.random.randint(1, 2)):
            self.act(account, shop, row, self.due(breach, span),
                     self.random.choice(["reply", "note", "approve", "chatwoot.note_taken", "chatwoot.mark_resolved", "resolve"]))

    def label_reviewed(self, account, shop, row, at):
        at = self.random.choice([at, self.due(row["created_at"], self.sla * 60)])
        self.act(account, shop, row, at, "label")
        for what in self.random.sample(["reply", "note", "approve", "chatwoot.escalate", "label", "chatwoot.note_taken"], 2):
            self.act(account, shop, row, self.random.choice([at, at + 1, self.due(at, HOUR), self.due(at, HOUR)]), what)

    def follow_up(self, account, shop, row, at):
        self.approve(account, shop, row, at, self.random.choice(USERS))
        whats = ["customer", "customer", "reply", "note", "approve", "chatwoot.escalate"]
        for what in self.random.sample(whats, self.random.randint(0, 2)):
            self.act(account, shop, row, self.random.choice([at, at + 1, at + HOUR, self.due(at, self.ack_hours * HOUR)]), what)

    def own_messages(self, account, shop, row, at):
        """Approvals and messages of one text: which belongs to which is a matter of ten minutes."""
        user, text = self.random.choice(USERS), self.random.choice(["It’s on its way.", "Sent.  Today", " "])
        for gap in self.random.sample([0, 0, 1, 300, 600], self.random.randint(1, 3)):
            self.decision(shop, row["id"], at + gap, user[2], self.random.choice(["chatwoot.approve_send", "chatwoot.reply.order"]),
                          {"replyBody": text}, self.random.choice([0, 0, 1, 999]))
        for gap in self.random.sample([-601, -600, -599, 0, 1, 599, 600, 601, 1200], self.random.randint(0, 3)):
            said = self.random.choice([text, text.replace("’", "'").replace("  ", " ") + "\n", text.upper()])
            self.message(account, row, at + gap, "reply", said, user)

    def both_sides(self, account, shop, row, at):
        """Chatwoot and the log each tell of an escalation, a resolution or a reply; or only one of them does."""
        one, other = self.random.choice([
            ("label", "chatwoot.escalate"), ("resolve", "chatwoot.mark_resolved"), ("reply", "chatwoot.note_taken")])
        gap = self.random.choice([None, 0, -600, 600]) if self.chance(0.8) else 5
        self.act(account, shop, row, at, one)
        if gap is not None:
            self.act(account, shop, row, at + gap + self.random.choice(NEAR), other)

    def same_reply_again(self, account, shop, row, at):
        for gap in [0, *self.random.sample([0, 299, 300, 301, 600], 2)]:
            self.message(account, row, at + gap, "reply", self.random.choice(["We’re on it.", "We're  on it. ", "We're on it!", None]),
                         self.random.choice(USERS))
