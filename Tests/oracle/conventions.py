"""The page's conventions for numbers, weeks and times (§0), in exact arithmetic."""

import datetime
import math
from dataclasses import dataclass
from fractions import Fraction
from zoneinfo import ZoneInfo

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def rounded(value, digits=4):
    """Half away from zero."""
    scaled = abs(Fraction(value)) * 10**digits
    whole = math.floor(scaled + Fraction(1, 2))
    return float(Fraction(whole if value >= 0 else -whole, 10**digits))


def rate(part, whole):
    return None if whole == 0 else rounded(Fraction(part) / whole)


def wilson(part, whole):
    if whole == 0:
        return None
    z, n = 1.959964, whole
    p = part / n
    middle, width = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return [rounded((middle + sign * width) / (1 + z * z / n)) for sign in (-1, 1)]


def text(at):
    if at is None:
        return None
    moment = EPOCH + datetime.timedelta(milliseconds=at)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at % 1000:03d}Z"


@dataclass
class Span:
    name: str
    start: int
    end: int


class Calendar:
    def __init__(self, zone):
        self.zone = ZoneInfo(zone)

    def midnight(self, day):
        moment = datetime.datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(datetime.timezone.utc)
        return (moment - EPOCH) // datetime.timedelta(milliseconds=1)

    def local(self, at):
        return (EPOCH + datetime.timedelta(milliseconds=at)).astimezone(self.zone)

    def week_from(self, monday):
        year, number, _ = monday.isocalendar()
        return Span(f"{year}-W{number:02d}", self.midnight(monday), self.midnight(monday + datetime.timedelta(7)))

    def report_week(self, as_of, name=None):
        """The named week, else the last that ended at or before `as_of`, as its Monday."""
        if name:
            year, number = name.split("-W")
            return datetime.date.fromisocalendar(int(year), int(number), 1)
        today = self.local(as_of).date()
        return today - datetime.timedelta(today.weekday() + 7)

    def weeks(self, monday, count):
        return [self.week_from(monday - datetime.timedelta(7 * back)) for back in range(count - 1, -1, -1)]

    def days(self, monday, count):
        last = monday + datetime.timedelta(6)
        days = [last - datetime.timedelta(back) for back in range(count - 1, -1, -1)]
        return [Span(day.isoformat(), self.midnight(day), self.midnight(day + datetime.timedelta(1))) for day in days]
