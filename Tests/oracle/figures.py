"""The figures of breach_trend (§2), repeat_customers (§5) and manager_ack (§6)."""

from fractions import Fraction

from conventions import rate, rounded, text, wilson
from facts import HOUR, MINUTE

TWO_HOURS, SEVEN_DAYS = 2 * HOUR, 604_800_000


def within(at, span):
    return at is not None and span.start <= at < span.end


# --- breach_trend ---------------------------------------------------------------------------------------------------


def is_old(one, as_of, opening):
    """Whether the breach's age is over 2 h."""
    return opening.is_over(one.resolved_after(one.breached_at) or as_of, one.breached_at, TWO_HOURS)


def breach_trend(facts, calendar, monday, window, as_of, clock, sla, opening):

    def replied(one):
        return one.first_reply_at is not None and one.first_reply_at <= one.breached_at

    def shares(created):
        breached = sum(one.breached_at is not None for one in created)
        return {"created": len(created), "breached": breached, "breach_rate": rate(breached, len(created))}

    weeks = []
    for week in calendar.weeks(monday, 13):
        breaches = [one for one in facts if within(one.breached_at, week)]
        weeks.append({"week": week.name, **shares([one for one in facts if within(one.created_at, week)]),
                      "breaches": len(breaches), "over_2h": sum(is_old(one, as_of, opening) for one in breaches),
                      "after_reply": sum(map(replied, breaches))})
    days = [{"date": day.name, "created": sum(within(one.created_at, day) for one in facts),
             "breaches": sum(within(one.breached_at, day) for one in facts)} for day in calendar.days(monday, 28)]
    hours = {}
    for one in facts:
        if within(one.breached_at, window):
            local = calendar.local(one.breached_at)
            cell = (local.isoweekday(), local.hour)
            hours[cell] = hours.get(cell, 0) + 1
    inboxes = {}
    for one in facts:
        if within(one.created_at, window):
            inboxes.setdefault(one.row["inbox_id"], []).append(one)
    still = [one for one in facts if one.breached_at is not None and one.resolved_after(one.breached_at) is None]
    current, previous = weeks[-1]["breaches"], weeks[-2]["breaches"]
    change = Fraction(current - previous, previous) if previous else None
    return {
        "clock": clock, "sla_minutes": sla // MINUTE,
        "week_over_week": {"current": current, "previous": previous,
                           "change": None if change is None else rounded(change),
                           "alert": current > 0 if change is None else change > Fraction(1, 5)},
        "weeks": weeks, "days": days,
        "by_hour": [{"weekday": day, "hour": hour, "breaches": hours[day, hour]} for day, hour in sorted(hours)],
        "by_inbox": [{"inbox_id": inbox, **shares(inboxes[inbox])} for inbox in sorted(inboxes)],
        "open_now": {"breached": len(still), "over_2h": sum(is_old(one, as_of, opening) for one in still),
                     "oldest_breach_at": text(min((one.breached_at for one in still), default=None))},
        "control_chart": control_chart(days),
    }


def control_chart(days):
    values = [day["breaches"] for day in days]
    centre = Fraction(sum(values), len(values))
    moves = [abs(a - b) for a, b in zip(values, values[1:])]
    reach = Fraction(sum(moves), len(moves)) * Fraction(266, 100)
    upper, lower = centre + reach, max(Fraction(0), centre - reach)
    signals, run, side = [], 0, 0
    for day, value in zip(days, values):
        if value > upper or value < lower:
            signals.append({"date": day["date"], "breaches": value, "rule": "beyond_limit"})
        here = (value > centre) - (value < centre)
        run = 0 if here == 0 else run + 1 if here == side else 1
        side = here
        if run >= 8:
            signals.append({"date": day["date"], "breaches": value, "rule": "run_of_8"})
    return {"centre": rounded(centre), "upper": rounded(upper), "lower": rounded(lower), "signals": signals}


# --- repeat_customers -----------------------------------------------------------------------------------------------


def repeat_customers(facts, customer_of, week):
    """`customer_of[account]` gives the customer of a conversation of that account; a weak one never has two breaches."""
    breaches = {}
    for one in facts:
        customer = customer_of[one.account](one)
        if one.breached_at is not None and customer is not None:
            breaches.setdefault((one.account, customer), []).append((one.breached_at, one.id))
    flags = []
    for (account, customer), times in breaches.items():
        times.sort()
        triggering = [at for (before, _), (at, _) in zip(times, times[1:]) if at - before <= SEVEN_DAYS and within(at, week)]
        if triggering:
            last = triggering[-1]
            those = [(at, number) for at, number in times if last - SEVEN_DAYS <= at <= last]
            flags.append((-len(those), customer, account, {
                "customer": customer, "weak": False, "breaches": len(those), "first_breach_at": text(those[0][0]),
                "last_breach_at": text(last), "conversations": sorted(number for _, number in those)}))
    return {"window_days": 7, "flags": [flag for *_, flag in sorted(flags, key=lambda f: f[:3])]}


# --- manager_ack ----------------------------------------------------------------------------------------------------


def manager_ack(cases, managers, week, as_of, opening, ack_minutes, update_hours):
    if not managers.known:
        return {"measurable": False}
    cases = [case for case in cases if within(case.start, week)]

    def state(start, at, allowed):
        if at is not None:
            return "late" if opening.is_over(at, start, allowed) else "in_time"
        return "overdue" if opening.is_over(as_of, start, allowed) else "pending"

    def summary(states, allowed):
        count = {name: states.count(name) for name in ("in_time", "late", "overdue", "pending")}
        due = [one for case, one in zip(cases, states) if opening.is_over(as_of, case.start, allowed)]
        in_time = due.count("in_time")
        return {**count, "due_cases": len(due), "compliance": rate(in_time, len(due)), "interval": wilson(in_time, len(due)),
                "bounds": [rate(count["in_time"], len(cases)), rate(count["in_time"] + count["pending"], len(cases))]
                if cases else None,
                "answered_only": rate(count["in_time"], count["in_time"] + count["late"])}

    ack_time, update_time = ack_minutes * MINUTE, update_hours * HOUR
    acks = [state(case.start, case.ack_at, ack_time) for case in cases]
    updates = [state(case.start, case.updated_at, update_time) for case in cases]
    return {
        "ack_minutes": ack_minutes, "update_hours": update_hours, "escalations": len(cases),
        "ack": {**summary(acks, ack_time), "median_seconds": survival_time(cases, as_of, Fraction(1, 2)),
                "p90_seconds": survival_time(cases, as_of, Fraction(1, 10))},
        "update": summary(updates, update_time),
        "cases": [{"conversation": case.conversation, "escalated_at": text(case.start), "ack_at": text(case.ack_at),
                   "ack_seconds": None if case.ack_at is None else (case.ack_at - case.start) // 1000, "ack": ack,
                   "updated_at": text(case.updated_at), "update": update}
                  for case, ack, update in zip(cases, acks, updates)],
    }


def survival_time(cases, as_of, level):
    """Kaplan–Meier: the smallest observed time at which the estimate is at most `level`, in whole seconds."""
    spans = [((as_of if case.ack_at is None else case.ack_at) - case.start, case.ack_at is not None) for case in cases]
    estimate = Fraction(1)
    for time in sorted({span for span, seen in spans if seen}):
        at_risk = sum(span >= time for span, _ in spans)
        estimate *= 1 - Fraction(sum(span == time and seen for span, seen in spans), at_risk)
        if estimate <= level:
            return time // 1000
    return None
