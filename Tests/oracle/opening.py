"""Opening time (§2 `sla.business_hours`): when a span of it has passed."""

import datetime

from conventions import EPOCH, Calendar

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LONGEST_WAIT = 3660  # days; a desk that is closed for ten years never opens


class Opening:
    """Around the clock where `hours` is None; else {"mon": "09:00-17:30" or a list of such, …, "holidays": [dates]}."""

    def __init__(self, hours, zone):
        self.calendar = Calendar(zone)
        self.hours = hours
        self.holidays = {str(day) for day in (hours or {}).get("holidays") or []}

    def after(self, at, span):
        """The first moment by which `span` of opening time has passed since `at`; None if that never comes."""
        if self.hours is None:
            return at + span
        day, left = self.calendar.local(at).date(), span
        for _ in range(LONGEST_WAIT):
            for start, end in self.ranges(day):
                start = max(start, at)
                if start < end and end - start >= left:
                    return start + left
                left -= max(0, end - start)
            day += datetime.timedelta(1)
        return None

    def is_over(self, at, start, span):
        """Whether `at` lies strictly after `start` + `span`."""
        due = self.after(start, span)
        return due is not None and at > due

    def ranges(self, day):
        if day.isoformat() in self.holidays:
            return []
        texts = self.hours.get(DAYS[day.weekday()]) or []
        texts = texts if isinstance(texts, list) else [texts]
        return sorted(tuple(self.instant(day, clock) for clock in text.split("-")) for text in texts)

    def instant(self, day, clock):
        hour, minute = map(int, clock.split(":"))
        local = datetime.datetime(day.year, day.month, day.day) + datetime.timedelta(hours=hour, minutes=minute)
        moment = local.replace(tzinfo=self.calendar.zone).astimezone(datetime.timezone.utc)
        return (moment - EPOCH) // datetime.timedelta(milliseconds=1)
