"""Cases by hand: the escalation register (§11), and what a text says (§9). The unit is the minute."""

import unittest

from cases import DAY, HOUR, WEEK, Desk
from words import Words, amounts

SECOND = 1 / 60


class Register(unittest.TestCase):
    def entry(self, as_of=WEEK, act=None, after=0, **keys):
        desk = Desk()
        desk.conversation(100, **keys)
        desk.label(100 + after)
        if act:
            desk.message(100 + act, "note")
        return desk.report(as_of)["escalations"][0]

    def test_the_severity_comes_from_a_label_then_the_priority_then_the_rules(self):
        self.assertEqual(self.entry(labels=["severity:low"], priority="urgent")["severity"], "low")
        self.assertEqual(self.entry(custom_attributes={"severity": "low"}, priority="urgent")["severity"], "low")
        self.assertEqual(self.entry(priority="urgent")["severity"], "critical")
        self.assertEqual(self.entry()["severity"], "medium")
        # Breached an hour after its creation, and over 2 h later.
        self.assertEqual(self.entry(after=180)["severity"], "medium")
        self.assertEqual(self.entry(after=180 + SECOND)["severity"], "high")

    def test_the_target_is_met_by_the_first_staff_act(self):
        for hours, priority in [(1, "urgent"), (4, "high"), (24, "medium"), (72, "low")]:
            keys = {"priority": priority}
            self.assertTrue(self.entry(act=hours * HOUR, **keys)["response_target_met"])
            self.assertFalse(self.entry(act=hours * HOUR + SECOND, **keys)["response_target_met"])
            self.assertIsNone(self.entry(as_of=100 + hours * HOUR, **keys)["response_target_met"])
            self.assertIs(self.entry(as_of=100 + hours * HOUR + SECOND, **keys)["response_target_met"], False)

    def test_numbers_run_by_start_and_year(self):
        desk = Desk()
        for number, minute in ((1, -DAY), (2, 10), (3, 5)):
            desk.conversation(minute, number)
            desk.label(minute, number=number)
        found = [(one["id"], one["conversation"]) for one in desk.report()["escalations"]]
        self.assertEqual(found, [("ESC-2026-002", 3), ("ESC-2026-003", 2)])


class WordsAndAmounts(unittest.TestCase):
    def test_amounts_have_a_currency(self):
        self.assertEqual([float(one) for one in amounts("$1,250.50, 500 USD and order 900")], [1250.5, 500.0])

    def test_a_refund_is_large_above_the_limit(self):
        words = Words({})
        for text, large in [("refund $500", False), ("Refund: $500.01", True), ("I paid $900", False), ("refund of order 900", False)]:
            self.assertEqual(words.names_large_refund(text), large, text)

    def test_words_are_whole(self):
        words = Words({})
        self.assertTrue(words.is_risky("A LAWYER."))
        self.assertFalse(words.is_risky("illegally"))
        self.assertTrue(words.confirms("It works  now"))
        self.assertFalse(words.confirms("It isn’t solved"))
        self.assertFalse(words.confirms("unsolved"))


if __name__ == "__main__":
    unittest.main()
