"""Sync attempts (§8): what a row says of its success, in every spelling."""

from dataclasses import dataclass
from fractions import Fraction

SUCCESS = {"success", "ok", "completed", "synced"}
FAILURE = {"failure", "failed", "error", "timeout", "timed_out", "fatal", "rejected"}


@dataclass
class Attempt:
    decision: str
    at: int
    scope: str
    verdict: str  # success, failure, unknown
    milliseconds: Fraction | None
    code: str | None
    retries: int


def first(row, *paths):
    """The first of the paths (dots for nested keys) that has a value."""
    for path in paths:
        value = row
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None and value != "":
            return value
    return None


def is_attempt(row):
    return ("decisionId" in row or "decision_id" in row) and "actor" not in row


def read_attempt(row, instant):
    code = first(row, "errorCode", "error_code", "error.code", "response.errorCode")
    took = first(row, "durationMs", "duration_ms", "duration", "latencyMs", "metrics.durationMs")
    retries = first(row, "retryCount", "retry_count", "retries")
    if retries is None:
        retries = max(0, int(first(row, "attempt", "attemptCount") or 1) - 1)
    return Attempt(str(first(row, "decisionId", "decision_id")),
                   instant(first(row, "timestamp", "time", "loggedAt", "generatedAt", "createdAt", "created_at")),
                   first(row, "scope", "context.scope") or "ops", verdict(row, code),
                   None if took is None else Fraction(str(took)), None if code is None else str(code), int(retries))


def verdict(row, code):
    flag = next((row[key] for key in ("success", "ok") if isinstance(row.get(key), bool)), None)
    if flag is not None:
        return "success" if flag else "failure"
    word = str(first(row, "status", "state", "outcome") or "").strip().lower()
    if word in SUCCESS | FAILURE:
        return "success" if word in SUCCESS else "failure"
    status = first(row, "statusCode", "httpStatus", "response.status")
    if status is not None and int(status) >= 200:
        return "success" if int(status) < 400 else "failure"
    return "unknown" if code is None else "failure"
