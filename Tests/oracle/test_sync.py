"""Cases by hand: delivery and sync health (§8). The unit is the minute."""

import unittest

from attempts import read_attempt
from cases import HOUR, Desk, moment
from reading import instant
from world import nearest_rank


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


if __name__ == "__main__":
    unittest.main()
