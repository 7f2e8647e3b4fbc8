"""Outcomes and candidates of templates, by hand."""

import unittest

from candidates import generalised
from cases import DAY, HOUR, MONDAY, WEEK, Desk

REPLY = "Hello Uma"


def outcome(desk, name, as_of=2 * WEEK, edit="verbatim"):
    """(due, cases) over all templates."""
    rows = desk.report(as_of)["edit_patterns"]["outcomes"]
    row = next(one for one in rows if (one["template"], one["edit"], one["outcome"]) == ("*", edit, name))
    return row["due"], row["cases"]


def desk_with(**keys):
    desk = Desk()
    desk.conversation(-10 * DAY, **keys)
    desk.decision(HOUR, text=REPLY)
    return desk


class Outcomes(unittest.TestCase):
    def test_a_breach_counts_strictly_after_the_reply_and_within_a_week(self):
        for after, cases in ((0, 0), (1, 1), (WEEK, 1), (WEEK + 1, 0)):
            desk = desk_with()
            # It breaches 60 minutes after its creation.
            desk.conversation(after, number=2)
            self.assertEqual(outcome(desk, "breached_again"), (1, cases), after)

    def test_a_reply_is_due_when_its_week_is_over(self):
        for as_of, due in ((HOUR + WEEK - 1, 0), (HOUR + WEEK, 1)):
            desk = desk_with()
            desk.resolve(HOUR + 5)
            self.assertEqual(outcome(desk, "resolved", as_of), (due, due), as_of)

    def test_any_resolution_counts_and_the_status_alone_too(self):
        desk = desk_with()
        desk.resolve(-5 * DAY)
        self.assertEqual(outcome(desk, "resolved"), (1, 0))
        desk.resolve(HOUR + WEEK)
        self.assertEqual(outcome(desk, "resolved"), (1, 1))
        approximate = Desk()
        approximate.conversation(0, status="resolved", last_activity_at=int(MONDAY.timestamp()) + 7200)
        approximate.decision(HOUR, text=REPLY)
        self.assertEqual(outcome(approximate, "resolved"), (1, 1))

    def test_what_names_no_known_conversation_is_due_for_the_answer_alone(self):
        desk = Desk()
        desk.decision(HOUR, text="Hello there", number=5)
        self.assertEqual(outcome(desk, "acknowledged"), (1, 0))
        self.assertEqual(outcome(desk, "breached_again"), (0, 0))


class Candidates(unittest.TestCase):
    def test_words_of_one_conversation_are_not_shown(self):
        desk = Desk()
        for number, mark in ((1, "one"), (2, "two"), (2, "two")):
            desk.conversation(number, number=number)
            desk.decision(number * HOUR + len(desk.decisions), text=f"Hi Uma, the parcel of {mark} leaves on Friday", number=number)
        found = desk.report()["edit_patterns"]["candidates"]
        self.assertEqual([(one["words"], one["replies"]) for one in found], [("Hi {{name}}, the parcel of … leaves on {{date}}", 3)])

    def test_names_and_numbers_are_variables(self):
        self.assertEqual(generalised("Dear Zoe Quill, ana (ANA) owes 12 parcels on Monday, Friday.".split(), "Ana Nowak"),
                         "Dear {{name}}, {{name}} ({{name}}) owes {{number}} parcels on {{date}}.".split())


if __name__ == "__main__":
    unittest.main()
