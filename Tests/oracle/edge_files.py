"""Writes a data set as the files that a desk would export."""

import datetime
import json
import pathlib

from samples import USERS, UTC, WEEK


class Files:
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
        if self.facts:
            self.put_lines(folder / "decisions/facts.ndjson", self.facts)
        if self.attempts:
            attempts = self.random.sample(self.attempts, len(self.attempts))
            self.put_lines(folder / "decisions/sync-0.ndjson", attempts)
            self.put_lines(folder / "decisions/sync-1.ndjson", attempts[:10])
        self.put(folder / "templates.json", self.templates)
        accounts = ", ".join(f"{{shop: {shop}, chatwoot_account: {number}, currency: USD}}" for number, shop in enumerate(self.shops, 1))
        (folder / "countersign.yml").write_text("\n".join([
            f"timezone: {self.zone}", "store: sqlite:var/countersign.sqlite", "inputs:", "  - path: decisions/*",
            "  - path: chatwoot/*", f"accounts: [{accounts}]", f"managers: {json.dumps(self.managers)}", f"sla: {self.flow(self.rules())}",
            *(f"{name}: {self.flow(value)}" for name, value in (("guardrails", self.guardrails), ("alerts", self.alerts)) if value),
            f"scopes: [{', '.join(self.scopes)}]", "templates: templates.json", "retention: {enabled: false}", ""]))
        year, week, _ = self.monday.isocalendar()
        as_of = datetime.datetime.fromtimestamp(self.as_of, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        # The week need not be named where it is the last that has ended.
        is_last = self.end <= self.as_of < self.local(self.monday + datetime.timedelta(14))
        self.put(folder / "case.json", {"as_of": as_of, "week": f"{year}-W{week:02d}", "weeks": self.weeks,
                                        "is_named": not is_last or self.chance(0.5)})

    def rules(self):
        return {"breach_minutes": self.sla, "clock": self.clock, "manager_ack_minutes": self.ack_minutes,
                "manager_update_hours": self.update_hours, **({"customer_ack_hours": self.ack_hours} if self.ack_hours != 24 else {}),
                **({"business_hours": self.hours} if self.hours else {})}

    def flow(self, value):
        """A value as YAML's flow style has it, without quotes."""
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flow(each)}" for key, each in value.items()) + "}"
        return "[" + ", ".join(map(self.flow, value)) + "]" if isinstance(value, list) else str(value)

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
