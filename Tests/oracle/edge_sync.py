"""Sync attempts of the decisions, in every spelling that a writer had."""

import datetime
import fnmatch

from samples import HOUR, UTC, WEEK

EXCLUDED = ["mock-shop*", "test-shop*", "dev-shop*", "staging-demo*"]


class Sync:
    def sync(self):
        self.attempts, self.known = [], set()
        if self.chance(0.15):
            return  # A desk without this telemetry.
        for row in self.decisions:
            if not any(fnmatch.fnmatchcase(row["shopDomain"] or "", pattern) for pattern in EXCLUDED) and self.chance(0.85):
                at = int(datetime.datetime.fromisoformat(row["createdAt"].replace("Z", "+00:00")).timestamp())
                for number in range(1, self.random.choice([1, 1, 1, 2, 3, 4]) + 1):
                    self.attempt(row["id"], at + number, number)
        for index in range(self.random.randint(0, 3)):
            self.attempt(777_000 + index, self.random.choice([self.start, self.end - 1, self.end, self.start + WEEK // 2]), 1)
        self.slow_hours()

    def attempt(self, decision, at, number, **keys):
        # Two rows of one decision, moment and number are one attempt.
        while True:
            moment = datetime.datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.random.randint(0, 999):03d}Z"
            if (decision, moment, number) not in self.known:
                break
        self.known.add((decision, moment, number))
        code = self.random.choice(["ETIMEDOUT", "ECONNRESET", "PGRST301"])
        worked = [
            {"status": "SUCCESS"}, {"status": "ok"}, {"status": "Completed"}, {"status": "synced", "statusCode": 500}, {"success": True},
            {"ok": True, "status": "failed"}, {"status": "sent", "statusCode": 204}, {"status": "?", "httpStatus": 399},
        ]
        failed = [
            {"status": "FAILURE", "errorCode": code}, {"status": "Timeout", "errorCode": code}, {"status": "timed_out"},
            {"status": "rejected"}, {"status": "FATAL", "error_code": code}, {"success": False, "errorCode": code},
            {"ok": False, "status": "ok"},
            {"status": "sent", "statusCode": 400, "errorCode": code}, {"status": "gone", "response": {"status": 503}},
            {"status": "odd", "errorCode": code},
        ]
        unknown = [{"status": "PENDING"}, {"status": "queued"}]
        what = self.random.choice(worked if self.chance(0.8) else failed if self.chance(0.8) else unknown)
        took = self.random.choice([None, 5, 241.12, 1000, 1000.01, round(self.random.uniform(50, 900), 2), "331.5"])
        row = {"decisionId": decision, "timestamp": moment, "attempt": number, "durationMs": took, "errorCode": None,
               "scope": self.random.choice(["ops", "ops", "ops", "build"]), **what, **keys}
        if self.chance(0.1):
            row["decision_id"] = row.pop("decisionId")
            row["duration_ms"] = row.pop("durationMs")
        if self.chance(0.1):
            row.pop("scope")
        self.attempts.append(row)

    def slow_hours(self):
        """Hours on end whose 95th percentile lies on the limit, above it, or in which one had no attempt."""
        first = (self.start + self.random.randint(0, WEEK - 6 * HOUR)) // HOUR * HOUR
        for hour in range(self.random.choice([0, 2, 3, 4])):
            if self.chance(0.9):
                for second in (0, 1800, 3599):
                    self.attempt(self.random.choice(self.decisions)["id"], first + hour * HOUR + second, 1,
                                 durationMs=self.random.choice([1000.01, 1000.01, 1500, 1000]), scope="ops")
