"""Cases by hand: opening times (§2), and reports of several weeks (§0). The unit is the minute."""

import unittest

from cases import DAY, HOUR, Desk, moment
from opening import Opening
from reading import instant

SECOND = 1 / 60


def at(text):
    return instant(text)


class OpeningTimes(unittest.TestCase):
    hours = {"mon": ["09:00-12:00", "13:00-17:30"], "tue": "09:00-17:30", "sun": "20:00-24:00", "holidays": ["2026-11-10"]}

    def due(self, start, minutes, zone="UTC", hours=None):
        opening = Opening(hours or self.hours, zone)
        return opening.after(at(start), minutes * 60_000)

    def test_around_the_clock_without_opening_times(self):
        self.assertEqual(Opening(None, "UTC").after(5, 10), 15)

    def test_a_span_ends_with_the_range_that_completes_it(self):
        self.assertEqual(self.due("2026-11-09T11:00:00Z", 60), at("2026-11-09T12:00:00Z"))

    def test_a_break_and_a_night_do_not_count(self):
        self.assertEqual(self.due("2026-11-09T11:00:00Z", 61), at("2026-11-09T13:01:00Z"))

    def test_what_begins_while_closed_counts_from_the_opening(self):
        self.assertEqual(self.due("2026-11-09T03:00:00Z", 1), at("2026-11-09T09:01:00Z"))

    def test_a_holiday_and_days_without_a_name_are_closed(self):
        # Monday's last minute, the holiday, and the days up to Sunday 20:00.
        self.assertEqual(self.due("2026-11-09T17:29:00Z", 2), at("2026-11-15T20:01:00Z"))

    def test_midnight_may_end_a_range_and_the_next_day_goes_on(self):
        hours = {"mon": "00:00-24:00", "tue": "00:00-24:00"}
        self.assertEqual(self.due("2026-11-09T23:30:00Z", 60, hours=hours), at("2026-11-10T00:30:00Z"))

    def test_a_day_of_the_clock_change_has_its_own_length(self):
        # Berlin 2026-10-25 has 25 hours.
        hours = {"sun": "00:00-24:00", "mon": "00:00-24:00"}
        self.assertEqual(self.due("2026-10-24T22:00:00Z", 25 * 60, "Europe/Berlin", hours), at("2026-10-25T23:00:00Z"))

    def test_a_desk_that_never_opens_is_never_late(self):
        self.assertIsNone(self.due("2026-11-09T00:00:00Z", 1, hours={"holidays": []}))

    def test_the_sla_and_the_age_of_a_breach_count_opening_time(self):
        desk = Desk(sla="{business_hours: {mon: 09:00-10:30, tue: 09:00-17:00}}")
        desk.conversation(0)
        trend = desk.report(DAY + 10.5 * HOUR)["breach_trend"]
        # Breached at Monday 10:00; half an hour then, an hour and a half on Tuesday: exactly 2 h at Tuesday 10:30.
        self.assertEqual(trend["open_now"], {"breached": 1, "over_2h": 0, "oldest_breach_at": moment(10 * HOUR)})
        self.assertEqual(desk.report(DAY + 10.5 * HOUR + SECOND)["breach_trend"]["open_now"]["over_2h"], 1)


class SeveralWeeks(unittest.TestCase):
    def test_the_figures_are_of_all_weeks_but_the_trend_by_week_and_day(self):
        desk = Desk()
        desk.conversation(-7 * DAY, 1)
        desk.conversation(-14 * DAY - HOUR, 2)  # breaches with the first of three weeks
        found = [desk.report(weeks=weeks) for weeks in (1, 2, 3)]
        self.assertEqual([one["triage"]["breaches"] for one in found], [0, 1, 2])
        self.assertEqual([len(one["breach_trend"]["by_hour"]) for one in found], [0, 1, 2])
        self.assertEqual([one["breach_trend"]["weeks"] for one in found], [found[0]["breach_trend"]["weeks"]] * 3)


if __name__ == "__main__":
    unittest.main()
