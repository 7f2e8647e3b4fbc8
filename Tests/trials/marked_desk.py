"""Makes the exports of a desk in which every text, name, email and phone carries a mark of its own.

Half of it is older than a cut-off, half younger; some conversations span it. Rows of the first half lie in files of their own.
"""

import datetime
import json
import random
import string

UTC, DAY = datetime.timezone.utc, 86_400

# What the store may hold of a mark's text, until it is purged.
#   never   nothing: customers' messages, what staff wrote in Chatwoot, contacts' keys
#   clear   the text itself, for a figure
#   maybe   the text, where it is in a row that counts
#   error   what a channel or a copy failed with; reports repeat it, without addresses and numbers
#   staff   names of the desk's own people, from the list of agents
KEPT = ("never", "clear", "maybe", "error", "staff")


class Desk:
    """`marks`: mark → (kept, is of a customer's message, moment from which on it is purged or None)."""

    def __init__(self, seed, as_of, cutoff, count=60):
        self.random = random.Random(seed)
        self.as_of, self.cutoff = as_of, cutoff
        self.marks, self.bodies = {}, set()
        self.message_id, self.decision_id, self.contact_id, self.fact_id = 1000, 100, 5000, 1
        # By file: (rows older than the cut-off, rows that are not).
        self.rows = {name: ([], []) for name in (
            "decisions", "memory", "drafts", "sync", "facts", "approvals", "qa", "conversations", "messages", "contacts", "webhooks",
            "events", "surveys", "rejected", "broken")}
        self.people = [self.operator(number, "young") for number in range(4)]
        self.left = [self.operator(number, "old") for number in range(2)]
        for number in range(count):
            self.conversation(500 + number, ("old", "young", "span")[number % 3])

    # --- marks and moments ---

    def mark(self, kept, at, is_body=False, is_number=False):
        """`at`: of the newest row that has it."""
        letters = string.ascii_lowercase if self.random.random() < 0.5 else string.ascii_lowercase + string.digits
        first, letters = ("123456789", string.digits) if is_number else (string.ascii_lowercase, letters)
        mark = self.random.choice(first) + "".join(self.random.choices(letters, k=11))
        if self.random.random() < 0.3:
            mark = mark.capitalize()
        assert mark.lower() not in self.marks
        self.marks[mark.lower()] = (kept, at)
        if is_body:
            self.bodies.add(mark.lower())
        return mark

    def moments(self, age, count):
        """Moments in order, to the second, on one side of the cut-off; now and then beside it."""
        first, last = (self.cutoff - 25 * DAY, self.cutoff - 1) if age == "old" else (self.cutoff, self.as_of - 3600)
        edge = last if age == "old" else first
        chosen = {self.random.randint(first, last) for _ in range(count)}
        if self.random.random() < 0.2:
            chosen.add(edge)
        return sorted(chosen)

    def is_young(self, at):
        return at >= self.cutoff

    def put(self, name, at, row):
        self.rows[name][self.is_young(at)].append(row)

    @staticmethod
    def iso(at):
        return datetime.datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def operator(self, number, age):
        at = self.as_of if age == "young" else self.cutoff - 1
        kept = "staff" if age == "young" else "clear"
        return {"id": 11 + number if age == "young" else 71 + number, "name": f"Op {self.mark(kept, None if age == 'young' else at)}",
                "email": f"{self.mark(kept, None if age == 'young' else at)}@desk.example"}

    def anyone(self, at):
        return self.random.choice(self.people if self.is_young(at) or self.random.random() < 0.5 else self.left)

    # --- one conversation ---

    def conversation(self, number, age):
        self.contact_id += 1
        halves = {"old": ["old"], "young": ["young"], "span": ["old", "young"]}[age]
        moments = [at for half in halves for at in self.moments(half, self.random.randint(3, 5))]
        created, last = moments[0], moments[-1]
        person = {"id": self.contact_id, "name": f"Ines {self.mark('clear', last)}", "email": f"{self.mark('never', last)}@mail.example",
                  "phone_number": f"+{self.mark('never', last, is_number=True)}", "identifier": self.mark("never", last)}
        for half in halves:
            times = [at for at in moments if self.is_young(at) == (half == "young")]
            for at in times:
                self.act(number, person, at)
            self.snapshot(number, person, created, times[-1])

    def snapshot(self, number, person, created, at):
        young = self.random.random() < 0.5
        body = {"id": self.next_message(), "content": f"Last {self.mark('never', at, True)}", "message_type": 0, "created_at": at,
                "conversation_id": number, "account_id": 1, "private": False, "sender": {**person, "type": "contact"}}
        row = {
            "meta": {"sender": {**person, "additional_attributes": {"city": self.mark("never", at)}, "custom_attributes": {
                "note": self.mark("never", at)}}, "channel": "Channel::Email"},
            "id": number, "account_id": 1, "inbox_id": 1, "uuid": f"00000000-0000-4000-8000-{number:012}", "status": "open" if young else "resolved",
            "labels": ["escalation", f"vip-{self.mark('maybe', at)}"], "created_at": created, "updated_at": at + 0.25, "timestamp": at,
            "last_activity_at": at, "priority": None, "first_reply_created_at": 0, "waiting_since": 0, "custom_attributes": {
                "remark": self.mark("never", at)}, "messages": [body], "last_non_activity_message": body,
            "additional_attributes": {"mail_subject": f"Subject {self.mark('never', at)}", "referer": f"https://shop.example/{self.mark('never', at)}"},
        }
        self.put("conversations", at, row)
        self.put("contacts", at, {**person, "blocked": False, "created_at": created, "last_activity_at": at,
                                  "additional_attributes": {"company": self.mark("never", at)}})
        self.put("webhooks", at, {
            "event": "conversation_updated", "account": {"id": 1, "name": "Desk"}, "id": number, "inbox_id": 1, "status": row["status"],
            "created_at": created, "timestamp": at, "last_activity_at": at, "updated_at": at + 0.125, "first_reply_created_at": None,
            "labels": [], "messages": [body], "meta": {"sender": {**person, "type": "contact"}, "assignee": None}, "changed_attributes": [
                {"label_list": {"previous_value": [], "current_value": [f"case-{self.mark('maybe', at)}"]}},
                {"updated_at": {"previous_value": None, "current_value": self.iso(at)}}]})

    def next_message(self):
        self.message_id += 1
        return self.message_id

    def message(self, number, at, kind, content, person=None, user=None, **more):
        row = {"id": self.next_message(), "content": content, "account_id": 1, "inbox_id": 1, "conversation_id": number, "created_at": at,
               "status": "sent", "content_type": "text", "message_type": {"in": 0, "out": 1, "note": 1, "activity": 2}[kind],
               "private": kind == "note", "content_attributes": {}, **more}
        if person or user:
            row["sender"] = {**person, "type": "contact"} if person else {"id": user["id"], "name": user["name"], "type": "user"}
        self.put("messages", at, row)
        return row

    def act(self, number, person, at):
        user = self.anyone(at)
        self.message(number, at, "in", f"Where is my order? {self.mark('never', at, True)}", person, content_attributes={
            "email": {"subject": self.mark("never", at), "from": [person["email"]], "html_content": {"full": f"<p>{self.mark('never', at, True)}</p>"},
                      "text_content": {"reply": self.mark("never", at, True)}}})
        for what in self.random.sample(self.ACTS, 5):
            what(self, number, person, at, user)
        if self.random.random() < 0.1:
            self.reject(number, person, at)

    # --- acts; each writes what a desk's systems would ---

    def approve(self, number, person, at, user):
        # Now and then longer than a page of the store.
        filler = " word" * self.random.choice([0, 0, 0, 900, 4000])
        reply, suggestion = f"Hello {self.mark('clear', at)}, it is on its way{filler} {self.mark('clear', at)}.", f"Dear {self.mark('clear', at)}, it is on its way."
        self.decision(number, at, user, "chatwoot.approve_send", self.mark("clear", at), replyBody=reply, aiSuggestionUsed=True,
                      aiSuggestion={"text": suggestion, "prompt": self.mark("never", at)}, customerName=self.mark("never", at))
        self.message(number, at, "out", reply, user=user)

    def decision(self, number, at, user, action, note, **payload):
        self.decision_id += 1
        self.put("decisions", at, {
            "id": self.decision_id, "scope": "ops", "actor": user["email"], "action": action, "rationale": note,
            "evidenceUrl": f"https://desk.example/{self.mark('never', at)}", "shopDomain": "north.myshopify.com",
            "externalRef": f"chatwoot:{number}", "createdAt": self.iso(at), "payload": {"conversationId": number, "note": note, **payload}})
        self.put("sync", at, {"decisionId": self.decision_id, "status": "FAILURE", "durationMs": 12.5, "attempt": 1, "timestamp": self.iso(at + 1),
                              "scope": "ops", "errorCode": f"refused {self.mark('error', at)}", "notes": self.mark("never", at),
                              "payload": {"error": self.mark("never", at)}} if self.is_young(at + 1) == self.is_young(at) else {
                                  "decisionId": self.decision_id, "status": "SUCCESS", "attempt": 1, "timestamp": self.iso(at)})

    def escalate(self, number, person, at, user):
        self.decision(number, at, user, "chatwoot.escalate", f"Please look, {self.mark('clear', at)}")

    def resolve(self, number, person, at, user):
        self.message(number, at, "activity", f"Conversation was resolved by {person['name']}")
        self.decision(number, at, user, "chatwoot.mark_resolved", f"Done, {self.mark('clear', at)}")

    def remember(self, number, person, at, user):
        self.decision_id += 1
        self.put("memory", at, {"id": f"mem-{self.decision_id}", "scope": "ops", "who": user["email"], "createdAt": self.iso(at),
                                "what": f"told {self.mark('clear', at)} by phone", "why": f"since {self.mark('clear', at)}"})
        self.put("memory", at, {"id": f"ai-{self.decision_id}", "scope": "ops", "who": "assistant", "createdAt": self.iso(at),
                                "what": f"AI reply_generation: Dear {self.mark('never', at)}…", "why": f"Prompt v1 with inputs: {self.mark('never', at)}"})

    def draft(self, number, person, at, user):
        self.decision_id += 1
        self.put("drafts", at, {"id": f"d-{self.decision_id}", "conversation_id": number, "message_id": 1, "operator_id": user["email"],
                                "draft_content": f"We ask the carrier, {self.mark('clear', at)}.", "edits_made": True,
                                "final_content": f"We asked the carrier, {self.mark('clear', at)}.", "created_at": self.iso(at)})

    def dashboard(self, number, person, at, user):
        self.fact_id += 1
        self.put("facts", at, {
            "id": self.fact_id, "shopDomain": "north.myshopify.com", "factType": "chatwoot.escalations", "scope": "ops", "createdAt": self.iso(at),
            "updatedAt": self.iso(at), "metadata": {"slaMinutes": 60, "count": 1}, "value": [{
                "id": number, "status": "open", "customerName": f"Ines {self.mark('never', at)}", "createdAt": self.iso(at - 7200),
                "breachedAt": self.iso(at), "lastMessageAt": self.iso(at), "slaBreached": True, "tags": [],
                "suggestedReplyId": "ack", "suggestedReply": f"Hi {self.mark('clear', at)}, thanks for waiting.",
                "lastMessage": self.mark("never", at, True)}]})

    def queue(self, number, person, at, user):
        if self.is_young(at) != self.is_young(at + 1):
            return
        at += 1  # A suggestion of the dashboard may be of the same second.
        self.put("approvals", at, {
            "id": number, "chatwoot_conversation_id": number, "customer_name": self.mark("never", at), "customer_email": f"{self.mark('never', at)}@mail.example",
            "customer_message": self.mark("never", at, True), "draft_response": f"Hi {self.mark('maybe', at)}, thanks.", "status": "pending",
            "created_at": self.iso(at), "updated_at": self.iso(at)})
        self.put("qa", at, {"id": f"chatwoot-qa-{self.message_id}-{at}", "text": f"Q: {self.mark('never', at, True)} A: {self.mark('never', at)}",
                            "metadata": {"timestamp": self.iso(at), "customer": self.mark("never", at)}})

    def answer(self, number, person, at, user):
        self.message(number, at, "out", f"We have written to you, {self.mark('never', at)}", user=user, status="failed", content_attributes={
            "external_error": f"550 {self.mark('error', at)} refused {self.mark('never', at)}@mail.example, call +1555{self.random.randint(10**7, 10**8)}"})

    def note(self, number, person, at, user):
        self.message(number, at, "note", f"She was angry, {self.mark('never', at)}", user=user)

    def label(self, number, person, at, user):
        self.message(number, at, "activity", f"{user['name']} added escalation")
        self.message(number, at, "activity", f"{user['name']} added topic-{self.mark('maybe', at)}")
        self.message(number, at, "activity", f"Something happened to {self.mark('never', at)}")

    def rate(self, number, person, at, user):
        self.put("surveys", at, {"id": self.next_message(), "rating": 2, "feedback_message": f"Slow, {self.mark('never', at, True)}", "message_id": self.message_id,
                                 "account_id": 1, "conversation_id": number, "created_at": at, "contact": person,
                                 "csat_review_notes": self.mark("never", at), "assigned_agent": {"id": user["id"], "name": user["name"], "email": user["email"]}})
        self.message(number, at, "out", "How was it?", user=user, content_type="input_csat", content_attributes={"submitted_values": {
            "csat_survey_response": {"rating": 2, "feedback_message": self.mark("never", at, True)}}})

    def report(self, number, person, at, user):
        self.put("events", at, {"id": self.next_message(), "name": "conversation_resolved", "value": 60.0, "value_in_business_hours": 60.0,
                                "account_id": 1, "conversation_id": number, "inbox_id": 1, "user_id": user["id"], "event_start_time": self.iso(at - 60),
                                "event_end_time": self.iso(at), "created_at": self.iso(at), "updated_at": self.iso(at)})

    ACTS = (approve, approve, escalate, resolve, remember, draft, dashboard, queue, answer, note, label, rate, report)

    def reject(self, number, person, at):
        """Rows that cannot be read: each ends in quarantine, with all it says."""
        row = {"id": self.next_message(), "content": f"Why? {self.mark('never', at, True)}", "account_id": 1, "conversation_id": number,
               "created_at": "yesterday", "message_type": 0, "sender": {**person, "name": f"Ines {self.mark('never', at)}"}}
        self.put("rejected", at, row)
        self.put("rejected", at, {"id": 1, "scope": "ops", "actor": f"{self.mark('never', at)}@desk.example", "action": "chatwoot.approve_send",
                                  "createdAt": self.mark("never", at), "payload": {"replyBody": self.mark("never", at)}})
        self.put("broken", at, f'{{"id": 9, "content": "Hello {self.mark("never", at, True)}, "message_type": 0')

    def oddities(self):
        """Files that are no exports: what is said of them must not quote them."""
        def said():
            return self.mark("never", self.as_of - 1, True)

        yield "error.json", json.dumps({"error": f"not found: {said()}", "message": said(), "code": said()})
        yield "flat.json", f'"{said()}"\n"{said()}"\nnull\n'
        yield "unknown.ndjson", json.dumps({said(): 1, "text": said(), "nested": {said(): said()}}) + "\n"
        yield "page.html", f"<html><title>{said()}</title></html>"
        yield "shell.log", f"curl: (6) could not resolve {said()}\n"
        yield "cut.ndjson", json.dumps({"id": 1, "content": said(), "message_type": 0, "conversation_id": 500, "created_at": self.as_of - 1})[:-30]
        yield "table.csv", f"id,scope,actor,action,createdAt\n1,ops,{said()},{said()},{said()}\n2,ops,{said()},x\n"

    # --- files ---

    def write(self, folder, young):
        """The exports of one half; the second comes later."""
        part = "young" if young else "old"
        for place in ("chatwoot", "decisions"):
            (folder / "exports" / place).mkdir(parents=True, exist_ok=True)

        def put(name, text):
            (folder / "exports" / name).write_text(text, encoding="utf-8")

        def lines(rows):
            return "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=self.random.random() < 0.5)) + "\n" for row in rows)

        rows = {name: halves[young] for name, halves in self.rows.items()}
        self.random.shuffle(rows["messages"])
        for name in ("decisions", "memory", "drafts", "sync", "facts", "approvals", "qa"):
            put(f"decisions/{name}-{part}.ndjson", lines(rows[name]))
        for name in ("messages", "webhooks", "events"):
            put(f"chatwoot/{name}-{part}.ndjson", lines(rows[name]))
        put(f"chatwoot/rejected-{part}.ndjson", lines(rows["messages"][:1] + rows["rejected"] + rows["broken"]))
        put(f"chatwoot/conversations-{part}.json", json.dumps({"data": {"meta": {"all_count": len(rows["conversations"])}, "payload": rows["conversations"]}}))
        put(f"chatwoot/contacts-{part}.json", json.dumps({"meta": {"count": len(rows["contacts"]), "current_page": 1}, "payload": rows["contacts"]}))
        put(f"chatwoot/surveys-{part}.json", json.dumps(rows["surveys"]))
        if young:
            (folder / "odd").mkdir()
            for name, text in self.oddities():
                (folder / "odd" / name).write_text(text, encoding="utf-8")
        else:
            put("chatwoot/agents.json", json.dumps([{**person, "account_id": 1, "role": "agent", "availability_status": "online", "confirmed": True} for person in self.people]))
            (folder / "templates.json").write_text(json.dumps([{"id": "ack", "label": "Delay", "body": "Hi {{name}}, thanks for waiting."}]))
