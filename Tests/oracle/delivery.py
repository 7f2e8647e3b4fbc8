"""Delivery and sync health (§8)."""

from fractions import Fraction

from conventions import rate, rounded
from facts import HOUR
from world import nearest_rank


def above(world, part, whole):
    limit = world.alerts.get("failure_rate")
    return whole > 0 and Fraction(part, whole) > Fraction(str(0.05 if limit is None else limit))


def counted(values, name):
    """How often each value occurs, descending, then by its text."""
    counts = {value: values.count(value) for value in values}
    return [{name: value, "count": counts[value]} for value in sorted(counts, key=lambda value: (-counts[value], value))]


def delivery(world, accounts):
    replies = world.messages_in_window(accounts, "reply")
    failed = [one for one in replies if one.status == "failed"]
    return {"replies": len(replies), "failed": len(failed), "failure_rate": rate(len(failed), len(replies)),
            "alert": above(world, len(failed), len(replies)), "errors": counted([m.error for m in failed if m.error], "error")}


class Attempts:
    """Whose attempt is whose: by its decision's id. An id that decisions of several accounts have tells nobody's."""

    def __init__(self, data, as_of):
        self.accounts_of = {}
        for decision in (one for one in data.logged_decisions if one.at <= as_of):
            self.accounts_of.setdefault(str(decision.id), set()).add(decision.account)
        self.all = [one for one in data.attempts if one.at <= as_of]
        self.only = data.accounts[0] if len(data.accounts) == 1 else None

    def account(self, attempt):
        found = self.accounts_of.get(attempt.decision, set())
        return self.only if self.only else next(iter(found)) if len(found) == 1 else None

    def may_be_of(self, attempt, account):
        """Where decisions of several accounts have the id, the attempt may be any of theirs."""
        return self.account(attempt) in (account, None)

    def of(self, accounts, is_all):
        return self.all if is_all else [one for one in self.all if self.account(one) in accounts]

    def succeeded(self, decision):
        return any(one.decision == str(decision.id) and self.may_be_of(one, decision.account) and one.verdict == "success"
                   and one.retries < 3 for one in self.all)

    def has_decision(self, attempt):
        return attempt.decision in self.accounts_of


def sync_health(world, attempts, known):
    """`known`: whether any attempt is, of whatever decision."""
    if not known:
        return {"measurable": False}
    attempts = [one for one in attempts if world.within(one.at)]
    success, failure = (sum(one.verdict == name for one in attempts) for name in ("success", "failure"))
    took = [one.milliseconds for one in attempts if one.milliseconds is not None]
    retries = sorted(one.retries for one in attempts)
    return {
        "attempts": len(attempts), "success": success, "failure": failure, "unknown": len(attempts) - success - failure,
        "failure_rate": rate(failure, success + failure), "alert": above(world, failure, success + failure),
        "duration_ms": durations(took), "sustained_slow": is_slow(world, attempts),
        "retries": {str(number): retries.count(number) for number in retries},
        "errors": counted([one.code for one in attempts if one.verdict == "failure" and one.code], "code"),
    }


def durations(took):
    if not took:
        return dict.fromkeys(("average", "p50", "p95", "p99", "max"))
    values = {"average": sum(took) / len(took), "p50": nearest_rank(took, 50), "p95": nearest_rank(took, 95),
              "p99": nearest_rank(took, 99), "max": max(took)}
    return {name: rounded(value, 2) for name, value in values.items()}


def is_slow(world, attempts):
    limit = world.alerts.get("slow_ms")
    hours = {}
    for one in attempts:
        hours.setdefault(one.at // HOUR, []).extend([] if one.milliseconds is None else [one.milliseconds])
    slow = {hour for hour, took in hours.items() if took and nearest_rank(took, 95) > (1000 if limit is None else limit)}
    return any({hour, hour + 1, hour + 2} <= slow for hour in slow)
