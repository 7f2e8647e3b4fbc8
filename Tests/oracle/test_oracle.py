#!/usr/bin/env python3
"""Small cases by hand for what the example week does not decide, on the second. Their unit is the minute."""

import unittest

from attempts import read_attempt
from cases import DAY, HOUR, WEEK, Desk, moment
from opening import Opening
from reading import instant
from words import Words, amounts
from world import nearest_rank

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


class DeliveryAndSync(unittest.TestCase):
    def test_failures_are_staff_replies_that_chatwoot_marks_so(self):
        desk = Desk()
        desk.conversation(0)
        for index in range(20):
            failed = {"status": "failed", "content_attributes": {"external_error": "no"}}
            desk.message(index, "reply", **(failed if index == 0 else {}))
        desk.message(30, "customer", status="failed")
        found = desk.report()["delivery"]
        # Exactly 5 % raises no alert.
        self.assertEqual(found, {"replies": 20, "failed": 1, "failure_rate": 0.05, "alert": False,
                                 "errors": [{"error": "no", "count": 1}]})
        desk.message(31, "reply", status="failed")
        self.assertTrue(desk.report()["delivery"]["alert"])

    def test_a_boolean_goes_before_a_word_before_a_status_before_a_code(self):
        for row, verdict in [
            ({"success": True, "status": "failed"}, "success"), ({"ok": False, "status": "ok"}, "failure"),
            ({"status": "Synced", "statusCode": 500}, "success"), ({"status": "TIMED_OUT"}, "failure"),
            ({"status": "?", "statusCode": 399}, "success"), ({"status": "?", "response": {"status": 400}}, "failure"),
            ({"status": "?", "errorCode": "E"}, "failure"), ({"status": "PENDING"}, "unknown"),
        ]:
            with self.subTest(row=row):
                self.assertEqual(read_attempt({"decisionId": 1, "timestamp": moment(0), **row}, instant).verdict, verdict)

    def test_three_slow_hours_on_end_are_sustained(self):
        for hours, slow in [((1, 2, 3), True), ((1, 2, 4), False), ((1, 2), False)]:
            desk = Desk()
            desk.decision(0)
            for hour in hours:
                desk.attempt(hour * HOUR, durationMs=1000.01, status="SUCCESS")
            self.assertEqual(desk.report()["sync_health"]["sustained_slow"], slow)
        desk.attempts[1]["durationMs"] = 1000
        self.assertFalse(desk.report()["sync_health"]["sustained_slow"])

    def test_the_figures_of_the_dry_run(self):
        desk = Desk()
        rows = [(241.12, 1, "SUCCESS"), (198.77, 1, "SUCCESS"), (1500.55, 3, "TIMEOUT"), (265.43, 2, "SUCCESS")]
        for number, (took, attempt, status) in enumerate(rows):
            desk.decision(number)
            desk.attempt(number, number + 1, durationMs=took, attempt=attempt, status=status,
                         errorCode="ETIMEDOUT" if status == "TIMEOUT" else None)
        found = desk.report()["sync_health"]
        self.assertEqual(found["duration_ms"], {"average": 551.47, "p50": 241.12, "p95": 1500.55, "p99": 1500.55, "max": 1500.55})
        self.assertEqual((found["failure_rate"], found["alert"], found["retries"]), (0.25, True, {"0": 2, "1": 1, "2": 1}))
        self.assertEqual(found["errors"], [{"code": "ETIMEDOUT", "count": 1}])

    def test_percentiles_are_nearest_ranks(self):
        self.assertEqual([nearest_rank([3, 1, 2, 4], share) for share in (50, 90, 75)], [2, 4, 3])
        self.assertIsNone(nearest_rank([], 50))


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


class Register(unittest.TestCase):
    def entry(self, as_of=WEEK, act=None, **keys):
        desk = Desk()
        desk.conversation(100, **keys)
        desk.label(100)
        if act:
            desk.message(100 + act, "note")
        return desk.report(as_of)["escalations"][0]

    def test_the_severity_comes_from_a_label_then_the_priority_then_the_rules(self):
        self.assertEqual(self.entry(labels=["severity:low"], priority="urgent")["severity"], "low")
        self.assertEqual(self.entry(custom_attributes={"severity": "low"}, priority="urgent")["severity"], "low")
        self.assertEqual(self.entry(priority="urgent")["severity"], "critical")
        self.assertEqual(self.entry()["severity"], "high")  # breached long ago
        self.assertEqual(self.entry(as_of=200)["severity"], "medium")

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


class SeveralWeeks(unittest.TestCase):
    def test_the_figures_are_of_all_weeks_but_the_trend_by_week_and_day(self):
        desk = Desk()
        desk.conversation(-7 * DAY, 1)
        desk.conversation(-14 * DAY - HOUR, 2)  # breaches with the first of three weeks
        found = [desk.report(weeks=weeks) for weeks in (1, 2, 3)]
        self.assertEqual([one["triage"]["breaches"] for one in found], [0, 1, 2])
        self.assertEqual([len(one["breach_trend"]["by_hour"]) for one in found], [0, 1, 2])
        self.assertEqual([one["breach_trend"]["weeks"] for one in found], [found[0]["breach_trend"]["weeks"]] * 3)


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
