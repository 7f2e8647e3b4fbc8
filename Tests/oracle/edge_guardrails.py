"""Words that a guardrail looks for, and resolutions with and without what must come before them."""

from samples import CUSTOMER_WORDS, DAY, HOUR, MINUTE, NEAR, RISKY_WORDS, USERS


class Guardrails:
    def guarded_words(self, account, shop, row, at):
        """A refund, a supervisor or a risk named by the customer; then, or before, an approval, an escalation, both."""
        self.message(account, row, at, "customer", self.random.choice(CUSTOMER_WORDS + RISKY_WORDS))
        gaps = [-HOUR, -1, 0, 1, 60, self.due(at, 2 * HOUR) - at, self.due(at, 2 * HOUR) - at, DAY]
        for what in self.random.sample(["approve", "approve", "chatwoot.escalate", "label", "reply"], self.random.randint(0, 3)):
            self.act(account, shop, row, max(row["created_at"], at + self.random.choice(gaps)), what)
        if self.chance(0.3):
            for what in ("approve", self.random.choice(["label", "chatwoot.escalate"])):
                self.act(account, shop, row, at + 30, what)

    def risky_note(self, account, shop, row, at):
        self.message(account, row, at, "note", self.random.choice(RISKY_WORDS), self.random.choice(USERS))
        if self.chance(0.6):
            self.act(account, shop, row, self.random.choice([at, at + 1, self.due(at, 2 * HOUR)]),
                     self.random.choice(["label", "chatwoot.escalate"]))

    def resolution_verified(self, account, shop, row, at):
        """The customer's last word, a reply around it, the resolution, and perhaps the customer again."""
        last = max(row["created_at"], at - self.random.choice([0, 60, 2 * DAY, 2 * DAY]) + self.random.choice(NEAR))
        self.message(account, row, last, "customer", self.random.choice(CUSTOMER_WORDS))
        if self.chance(0.7):
            self.act(account, shop, row, max(row["created_at"], self.random.choice([last - 60, last, last + 1, at, at - 1])), "reply")
        if self.chance(0.5):
            user, label = self.random.choice(USERS), self.random.choice(["refund_pending", "follow_up", "return_in_progress", "billing"])
            if self.chance(0.8):
                added = max(row["created_at"], at + self.random.choice([-60, 0, 0, 1]))
                self.message(account, row, added, "activity", f"{user[1]} added {label}")
            if self.chance(0.5):
                self.message(account, row, at + self.random.choice([-1, 0, 30]), "activity", f"{user[1]} removed {label}")
        self.act(account, shop, row, at, self.random.choice(["resolve", "resolve", "chatwoot.mark_resolved"]))
        if self.chance(0.4):
            gap = self.random.choice([0, 1, 30 * MINUTE, 30 * MINUTE]) + self.random.choice(NEAR)
            self.message(account, row, at + max(0, gap), "customer", self.random.choice(CUSTOMER_WORDS))

    def severity(self, row):
        """What the register takes an escalation's severity from."""
        if self.chance(0.08):
            row["labels"] = [self.random.choice(["severity:critical", "severity:low", "billing"])]
        if self.chance(0.08):
            row["custom_attributes"] = {"severity": self.random.choice(["high", "medium"])}
        if self.chance(0.15):
            row["priority"] = self.random.choice([None, "urgent", "high", "medium", "low"])
