"""Replies that are like no template, and what comes a week after replies."""

import re

from samples import DAY, HOUR, NEAR, USERS, WEEK, WORDS

SENTENCES = [
    "your new tracking number is 4711 and the parcel leaves on Friday, I am sorry for the trouble.",
    "we have changed the address of order 1045 as you asked us to on Monday; nothing else is needed.",
    "please send us a photo of the broken part (all sides) so that we can replace it.",
    "the “blue” one is sold out, the green one isn’t – shall we send that instead?",
]


class Untemplated:
    def untemplated(self):
        for account, shop in enumerate(self.shops, 1):
            rows = [row for row in self.conversations if row["account_id"] == account]
            for _ in range(50):
                row, user = self.random.choice(rows), self.random.choice(USERS)
                at = max(row["created_at"], self.window_start + self.random.randint(0, self.end - self.window_start - 1))
                self.decision(shop, row["id"], at, user[2], "chatwoot.approve_send", {"replyBody": self.said(row)},
                              self.random.choice([0, 0, 1, 999]))
            for number in range(900, 906):
                self.week_after(account, shop, 10 * number)

    def said(self, row):
        """One of a few sentences, with a greeting or none, and words that nobody else uses or everybody."""
        name = (row["meta"]["sender"] or {}).get("name") or "Someone"
        words = self.random.choice(SENTENCES).split(" ")
        for _ in range(self.random.choice([0, 0, 1, 2, 4, 7])):
            other = self.random.choice([*WORDS, f"mark{self.random.randint(0, 10**6)}", "Tuesday", "17", "–", name, name.upper(), ""])
            words[self.random.randrange(len(words))] = other
        if self.chance(0.2):
            words = words[self.random.randrange(len(words)):] + words
        greeting = self.random.choice(["Hi {},", "hello {}", "Dear {}", "{}:", "Hey there,", "", ""]).format(self.random.choice([name, name, "Zoe Quill"]))
        # After a number “am” may be a verb or half of a day, and the two implementations choose differently.
        text = re.sub(r"(\d[^\w\s]*\s+)(?=[ap]m\b)", r"\1really ", " ".join([greeting, *words]), flags=re.IGNORECASE)
        return self.random.choice([text, text, text.upper(), text.replace(" ", "  ", 1)])

    def week_after(self, account, shop, number):
        """A reply, and 7 × 24 h later, a second more or less, a breach of the same customer or a resolution."""
        person = self.random.choice(self.people[account])
        at = self.random.choice([self.near(self.as_of - WEEK), self.near(self.start, self.end), self.start + self.random.randint(0, WEEK)])
        self.conversation(account, shop, number, at - self.random.choice([0, HOUR, 3 * DAY]), person)
        row = next(one for one in self.conversations if (one["account_id"], one["id"]) == (account, number))
        self.approve(account, shop, row, at, self.random.choice(USERS))
        later = at + self.random.choice([WEEK, WEEK, 0, DAY]) + self.random.choice(NEAR)
        if self.chance(0.6):
            self.conversation(account, shop, number + 1, later - self.sla * 60, person)
        if self.chance(0.6):
            self.act(account, shop, row, later, self.random.choice(["resolve", "chatwoot.mark_resolved"]))
