"""Approved replies and what they were suggested."""

import json

from samples import WORDS


class Approvals:
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
        elif self.chance(0.05):
            # The same id with another content.
            self.decisions.append({**row, "payload": None})
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
