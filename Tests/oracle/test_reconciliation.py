"""Cases by hand: reconciliation (§10). The unit is the minute."""

import unittest

from cases import WEEK, Desk

SECOND = 1 / 60


class Reconciling(unittest.TestCase):
    def counts(self, desk, as_of=WEEK):
        return {key: value for key, value in desk.report(as_of)["reconciliation"].items() if key != "findings" and value}

    def test_an_own_message_has_the_same_text_within_ten_minutes(self):
        for gap, text, is_own in [(10, "A  line. ", True), (-10, "A line.", True), (10 + SECOND, "A line.", False),
                                  (0, "a line.", False)]:
            desk = Desk()
            desk.conversation(100)
            desk.decision(110)
            desk.message(110 + gap, "reply", text)
            self.assertEqual("approvals_without_message" not in self.counts(desk), is_own, (gap, text))

    def test_two_approvals_of_one_text_share_no_message(self):
        desk = Desk()
        desk.conversation(0)
        desk.decision(10)
        desk.decision(11)
        desk.message(11, "reply")
        self.assertEqual(desk.report()["reconciliation"]["findings"]["approvals_without_message"], [2])

    def test_the_clock_skew_is_rounded_down(self):
        desk = Desk()
        desk.conversation(0)
        desk.decision(10 + 0.9 * SECOND)
        desk.message(10, "reply")
        self.assertEqual(desk.report()["reconciliation"]["clock_skew_seconds"], -1)

    def test_what_only_one_side_tells_is_counted(self):
        desk = Desk()
        desk.conversation(0)
        desk.message(61, "reply")
        desk.label(100)
        desk.decision(110 + SECOND, "chatwoot.escalate")
        desk.resolve(200)
        desk.decision(300, "chatwoot.note_taken", number=9)
        self.assertEqual(self.counts(desk), {
            "replies_without_decision": 1, "labels_without_escalation": 1, "escalations_without_label": 1,
            "resolutions_without_decision": 1, "decisions_without_conversation": 1})

    def test_what_both_sides_tell_within_ten_minutes_is_not(self):
        desk = Desk()
        desk.conversation(0)
        desk.label(100)
        desk.decision(110, "chatwoot.escalate")
        desk.resolve(200)
        desk.decision(190, "chatwoot.mark_resolved")
        self.assertEqual(self.counts(desk), {})

    def test_sync_is_only_asked_for_where_the_week_has_some(self):
        desk = Desk()
        desk.decision(10, "chatwoot.note_taken")
        desk.attempt(-1, status="SUCCESS")
        self.assertIsNone(desk.report()["reconciliation"]["decisions_without_sync"])
        desk.attempt(20, 77, status="SUCCESS")
        desk.decision(30, "chatwoot.note_taken")
        found = desk.report()["reconciliation"]
        self.assertEqual((found["decisions_without_sync"], found["sync_attempts_without_decision"]), (1, 1))
        self.assertEqual(found["findings"]["sync_attempts_without_decision"], [77])

    def test_one_id_with_two_contents_is_a_duplicate_and_no_twin(self):
        desk = Desk()
        desk.decision(10)
        desk.decision(10, id=1, payload=None)
        found = desk.report()
        self.assertEqual((found["reconciliation"]["duplicate_decisions"], found["data_quality"]["twin_decisions"]), (1, 0))


if __name__ == "__main__":
    unittest.main()
