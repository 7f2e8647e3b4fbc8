"""Cases by hand: the controls (§9), as (checked, failed) of each. The unit is the minute."""

import unittest

from cases import DAY, HOUR, MO, Desk

SECOND = 1 / 60


def desk(created=0, *, first=True):
    made = Desk()
    made.conversation(created)
    if first:
        made.message(created, "customer", "Where is it?")
    return made


class CustomerCare(unittest.TestCase):
    def test_cx_001_an_old_breach_had_an_act_within_30_minutes(self):
        for minute, failed in [(90, 0), (90 + SECOND, 1), (60, 1)]:
            made = desk()
            made.message(minute, "note")
            self.assertEqual(made.control("CX-001"), (1, failed))
        self.assertEqual(desk().control("CX-001", as_of=180), (0, 0))  # exactly 2 h old
        self.assertEqual(desk().control("CX-001", as_of=180 + SECOND), (1, 1))

    def test_cx_002_a_reply_has_a_suggestion(self):
        made = desk()
        made.decision(10, text="Hello Uma")
        made.decision(20, text="quite other words than these")
        self.assertEqual(made.control("CX-002"), (2, 1))

    def test_cx_003a_an_escalation_carries_a_note(self):
        for before, failed in [(-10, 0), (-10 - SECOND, 1), (60, 0), (60 + SECOND, 1)]:
            made = desk()
            made.label(100)
            made.message(100 + before, "note")
            self.assertEqual(made.control("CX-003a"), (1, failed), before)
        for note, failed in [("Escalated to manager", 1), ("Angry", 0), (None, 1), (" ", 1)]:
            made = desk()
            made.decision(100, "chatwoot.escalate", rationale=note)
            self.assertEqual(made.control("CX-003a"), (1, failed), note)

    def test_cx_003b_a_large_refund_is_escalated_before_the_next_reply(self):
        def case(*acts):
            made = desk()
            made.message(100, "customer", "A refund of $501")
            for minute, action in acts:
                made.label(minute) if action == "label" else made.decision(minute, action)
            return made.control("CX-003b")

        self.assertEqual(case(), (0, 0))
        self.assertEqual(case((110, "chatwoot.approve_send")), (1, 1))
        self.assertEqual(case((110, "chatwoot.reply.hello"), (105, "label")), (1, 0))
        self.assertEqual(case((110, "chatwoot.approve_send"), (110, "chatwoot.escalate")), (1, 0))
        self.assertEqual(case((110, "chatwoot.approve_send"), (111, "chatwoot.escalate")), (1, 1))
        self.assertEqual(case((110, "label")), (1, 0))
        self.assertEqual(case((90, "label"), (110, "chatwoot.approve_send")), (1, 0))  # open at the message
        self.assertEqual(case((100, "chatwoot.approve_send")), (0, 0))  # not after the message

    def test_cx_003c_and_d_count_escalations_that_are_due_or_done(self):
        made = desk()
        made.label(100)
        made.message(100 + 2 * HOUR, "note", user=MO)
        self.assertEqual((made.control("CX-003c"), made.control("CX-003d")), ((1, 0), (1, 1)))
        self.assertEqual(made.control("CX-003d", as_of=100 + DAY), (0, 0))
        made = desk()
        made.label(100)
        self.assertEqual(made.control("CX-003c", as_of=100 + 2 * HOUR), (0, 0))
        self.assertEqual(made.control("CX-003c", as_of=100 + 2 * HOUR + SECOND), (1, 1))

    def test_cx_003e_a_supervisor_is_asked_for(self):
        made = desk()
        made.message(100, "customer", "Your MANAGER, please")
        made.decision(110)
        self.assertEqual(made.control("CX-003e"), (1, 1))

    def test_cx_004_a_resolution_is_confirmed(self):
        for words, failed in [("Thanks!", 0), ("No thanks", 1), ("It is not solved", 1), ("Where?", 1)]:
            made = desk()
            made.message(10, "reply")
            made.message(20, "customer", words)
            made.resolve(30)
            self.assertEqual(made.control("CX-004"), (1, failed), words)

    def test_cx_004_or_48_hours_of_silence_follow_a_reply(self):
        for gap, reply, failed in [(2 * DAY, 15, 0), (2 * DAY - SECOND, 15, 1), (2 * DAY, 10, 1)]:
            made = desk()
            made.message(10, "customer", "Where?")
            made.message(reply, "reply")
            made.resolve(10 + gap)
            self.assertEqual(made.control("CX-004"), (1, failed), (gap, reply))

    def test_cx_004_never_under_a_blocking_label(self):
        for removed, failed in [(None, 1), (31, 1), (29, 0)]:
            made = desk()
            made.message(20, "customer", "Thanks")
            made.label(25, "refund_pending")
            made.resolve(30)
            if removed:
                made.label(removed, "refund_pending", what="removed")
            self.assertEqual(made.control("CX-004"), (1, failed), removed)

    def test_cx_005_no_follow_up_is_due(self):
        made = desk()
        made.decision(100)
        self.assertEqual(made.control("CX-005", as_of=100 + DAY - SECOND), (0, 0))
        self.assertEqual(made.control("CX-005", as_of=100 + DAY), (1, 1))

    def test_cx_006_no_variable_and_no_stand_in_is_sent(self):
        made = desk()
        for text in ("Hi {{name}}", "Hi Customer,", "Dear customer", "Customers like you"):
            made.decision(10 + len(made.decisions), text=text)
        self.assertEqual(made.control("CX-006"), (4, 2))

    def test_cx_007_nobody_writes_within_30_minutes_of_a_resolution(self):
        for gap, failed in [(30, 1), (30 + SECOND, 0), (0, 0)]:
            made = desk()
            made.resolve(50)
            made.message(50 + gap, "customer")
            self.assertEqual(made.control("CX-007"), (1, failed), gap)
        made = desk()
        made.resolve(50)
        self.assertEqual(made.control("CX-007", as_of=80 - SECOND), (0, 0))
        self.assertEqual(made.control("CX-007", as_of=80), (1, 0))

    def test_cx_008_a_risk_is_escalated_within_two_hours(self):
        for gap, failed in [(2 * HOUR, 0), (2 * HOUR + SECOND, 1), (0, 0), (-10, 0)]:
            made = desk()
            made.message(100, "note", "Smells of fraud")
            made.label(100 + gap)
            self.assertEqual(made.control("CX-008"), (1, failed), gap)
            self.assertEqual(made.control("CX-008", as_of=100 + 2 * HOUR - SECOND), (0, 0))

    def test_cx_009_no_text_is_sent_twice_within_five_minutes(self):
        for gap, failed in [(5, 1), (5 + SECOND, 0), (0, 1)]:
            made = desk()
            made.message(10, "reply", "It’s here")
            made.message(10 + gap, "reply", "It's  here")
            self.assertEqual(made.control("CX-009"), (2, failed), gap)


class Log(unittest.TestCase):
    def test_log_001_the_actor_is_a_person(self):
        made = desk()
        for actor in ("ola@desk.example", "north.example", "system"):
            made.decision(10, actor=actor)
        self.assertEqual(made.control("LOG-001"), (3, 2))

    def test_log_002_customer_care_has_scope_ops(self):
        made = desk()
        for scope, action in (("ops", "chatwoot.escalate"), (None, "chatwoot.escalate"), ("build", "chatwoot.approve_send"),
                              ("build", "seo")):
            made.decision(10 + len(made.decisions), action, scope=scope)
        self.assertEqual(made.control("LOG-002"), (3, 1))

    def test_log_003_success_is_on_record_within_three_attempts(self):
        made = desk()
        self.assertIsNone(made.control("LOG-003"))
        for number, attempt in ((1, 3), (2, 4)):
            made.decision(10 * number, "chatwoot.note_taken")
            made.attempt(10 * number, number, status="ok", attempt=attempt)
        made.decision(40, "chatwoot.note_taken")
        made.attempt(40, 3, status="failed")
        self.assertEqual(made.control("LOG-003"), (3, 2))

    def test_log_004_replies_and_decisions_match(self):
        made = desk()
        made.message(60, "reply", "At the breach")
        made.message(59, "reply", "Before it")
        made.decision(100)
        self.assertEqual(made.control("LOG-004"), (2, 2))

    def test_log_005_the_legacy_label_is_not_used(self):
        made = desk()
        made.label(10, "escalation")
        made.label(20, "Escalated")
        made.label(30, "billing")
        self.assertEqual(made.control("LOG-005"), (2, 1))

    def test_log_006_a_decision_carries_its_five_fields(self):
        made = desk()
        made.decision(10, "chatwoot.note_taken")
        made.decision(20, "chatwoot.note_taken", shopDomain=None)
        made.decision(30, "chatwoot.note_taken", payload=None)
        self.assertEqual(made.control("LOG-006"), (3, 2))


if __name__ == "__main__":
    unittest.main()
