"""Cases by hand: triage (§3) and customer acknowledgement (§7). The unit is the minute."""

import unittest

from cases import DAY, WEEK, Desk

SECOND = 1 / 60


class Triage(unittest.TestCase):
    def report(self, as_of=WEEK, *acts):
        desk = Desk()
        desk.conversation(0)  # breaches at minute 60
        for minute, kind in acts:
            desk.resolve(minute) if kind == "resolve" else desk.message(minute, kind)
        return desk.report(as_of)["triage"]

    def test_thirty_minutes_are_in_time_and_a_second_more_is_not(self):
        self.assertEqual(self.report(WEEK, (90, "reply"))["answered_within_30m"], 1)
        self.assertEqual(self.report(WEEK, (90 + SECOND, "note"))["answered_within_30m"], 0)

    def test_an_act_at_the_breach_is_no_response(self):
        self.assertEqual(self.report(WEEK, (60, "reply"))["response_seconds"], {"p50": None, "p90": None})

    def test_p1_is_reached_two_hours_after_the_breach_if_nothing_happened(self):
        self.assertEqual(self.report(180)["reached_p1"], 1)
        self.assertEqual(self.report(180 - SECOND)["reached_p1"], 0)
        self.assertEqual(self.report(WEEK, (180, "reply"))["reached_p1"], 0)
        self.assertEqual(self.report(WEEK, (180, "resolve"))["reached_p1"], 0)
        self.assertEqual(self.report(WEEK, (180 + SECOND, "resolve"))["reached_p1"], 1)

    def test_a_resolution_is_measured_from_the_creation(self):
        found = self.report(WEEK, (100, "resolve"))
        self.assertEqual((found["resolved"], found["resolution_seconds"]["p50"]), (1, 6000))

    def test_a_recorded_breach_stands_in_where_the_conversation_was_not_exported(self):
        desk = Desk()
        desk.conversation(0, 1)
        for minute, number in ((500, 1), (300, 2), (200, 2)):
            desk.snapshot(minute, number)
        desk.message(210, "reply", number=2)
        desk.resolve(1000, number=2)
        found = desk.report()
        self.assertEqual(found["breach_trend"]["weeks"][-1], {
            "week": "2026-W46", "created": 1, "breached": 1, "breach_rate": 1, "breaches": 2, "over_2h": 2, "after_reply": 0})
        self.assertEqual((found["triage"]["response_seconds"]["p50"], found["triage"]["resolved"]), (600, 1))
        self.assertIsNone(found["triage"]["resolution_seconds"]["p50"])

    def p3(self, *acts, created=0, label=30):
        desk = Desk()
        desk.conversation(created)
        desk.label(label)
        for minute, action in acts:
            desk.decision(minute, action)
        found = desk.report()["triage"]["p3"]
        return found["tagged"], found["reviewed_within_60m"]

    def test_a_label_before_the_breach_is_reviewed_within_the_hour(self):
        self.assertEqual(self.p3((90, "chatwoot.note_taken")), (1, 1))
        self.assertEqual(self.p3((90 + SECOND, "chatwoot.note_taken")), (1, 0))
        self.assertEqual(self.p3((30, "chatwoot.note_taken")), (1, 0))

    def test_the_escalation_itself_is_no_review(self):
        self.assertEqual(self.p3((31, "chatwoot.escalate")), (1, 0))

    def test_a_label_at_the_breach_or_later_is_none_of_p3(self):
        self.assertEqual(self.p3(label=60), (0, 0))
        self.assertEqual(self.p3(label=60 - SECOND), (1, 0))


class CustomerAcknowledgement(unittest.TestCase):
    def state(self, *acts, as_of=WEEK):
        desk = Desk()
        desk.conversation(0)
        desk.decision(100)
        desk.message(100, "reply")  # its own
        for minute, kind in acts:
            desk.decision(minute, kind) if kind.startswith("chatwoot") else desk.message(minute, kind, "Other words")
        found = desk.report(as_of)["customer_ack"]
        return next(name for name in ("acknowledged", "superseded", "waiting", "follow_up_due") if found[name])

    def test_the_last_moment_of_the_24_hours_counts(self):
        self.assertEqual(self.state((100 + DAY, "customer")), "acknowledged")
        self.assertEqual(self.state((100 + DAY + SECOND, "customer")), "follow_up_due")

    def test_a_message_at_the_approval_itself_is_none(self):
        self.assertEqual(self.state((100, "customer")), "follow_up_due")

    def test_whoever_comes_first_decides_and_the_customer_does_at_an_equal_time(self):
        self.assertEqual(self.state((200, "note"), (201, "customer")), "superseded")
        self.assertEqual(self.state((200, "note"), (200, "customer")), "acknowledged")

    def test_an_act_at_the_approval_itself_supersedes_nothing(self):
        self.assertEqual(self.state((100, "chatwoot.note_taken")), "follow_up_due")
        self.assertEqual(self.state((100 + SECOND, "chatwoot.note_taken")), "superseded")

    def test_it_waits_until_the_24_hours_are_over(self):
        self.assertEqual(self.state(as_of=100 + DAY - SECOND), "waiting")
        self.assertEqual(self.state(as_of=100 + DAY), "follow_up_due")


if __name__ == "__main__":
    unittest.main()
