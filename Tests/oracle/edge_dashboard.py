"""Snapshots of the dashboard's tile: breaches that it recorded."""

import datetime

from samples import HOUR, UTC, WEEK


class Dashboard:
    def snapshots(self, shop):
        """Breaches that the dashboard recorded: of conversations that were not exported, and of one that was."""
        self.facts = []
        for index in range(self.random.randint(0, 4)):
            number = self.random.choice([500, 9100 + index, 9100 + index])
            breach = self.near(self.window_start, self.start, self.end, self.start + self.random.randint(0, WEEK), self.as_of)
            row = {"id": number, "inbox_id": 1, "meta": {"sender": self.person()}, "created_at": breach}
            value = {"id": number, "status": "open", "customerName": "Customer", "breachedAt": self.iso(breach),
                     "lastMessageAt": self.iso(breach), "slaBreached": True, "tags": []}
            self.facts.append({"id": index, "shopDomain": shop, "factType": "chatwoot.escalations", "scope": "ops", "value": [value],
                               "metadata": {"slaMinutes": 60, "count": 1}, "createdAt": self.iso(breach), "updatedAt": self.iso(breach)})
            if number > 9000:
                self.act(1, shop, row, self.due(breach, 1800), self.random.choice(["reply", "note", "chatwoot.note_taken"]))
                what = self.random.choice(["chatwoot.mark_resolved", "resolve", "reply", "label"])
                self.act(1, shop, row, self.due(breach, 2 * HOUR), what)

    def iso(self, at):
        return datetime.datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
