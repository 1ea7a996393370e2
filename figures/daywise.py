"""A day that notes what it is asked: so a case knows from when to when what was counted in it holds."""

from datetime import MAXYEAR, MINYEAR, date, timedelta

DAY = timedelta(days=1)
EVER, NEVER = date(MINYEAR, 1, 1), date(MAXYEAR, 12, 31)


class Day(date):
    """The day as of which something is counted.

    Each comparison with another date is an answer that changes on some day; a difference or a part of the
    day itself changes every day. `held` is the span of days on which every answer would be the same.
    """

    _asked: list
    _shift: timedelta
    _plain: date

    @classmethod
    def noting(cls, day: date) -> "Day":
        return cls._shifted(day, timedelta(0), [EVER, NEVER])

    @classmethod
    def _shifted(cls, day, shift, asked):
        made = date.__new__(cls, day.year, day.month, day.day)
        made._plain, made._shift, made._asked = day, shift, asked
        return made

    @property
    def held(self) -> tuple[date, date]:
        """(first day, last day) between which nothing that was asked has another answer."""
        return self._asked[0], self._asked[1]

    def _turns(self, other, after):
        """Answers change on the day `other`, or on the day after it, as this day is shifted."""
        shift = (DAY if after else timedelta(0)) - self._shift
        try:
            turn = plain(other) + shift
        except OverflowError:
            return
        today = plain(self) - self._shift
        if turn <= today:
            self._asked[0] = max(self._asked[0], turn)
        else:
            self._asked[1] = min(self._asked[1], turn - DAY)

    def _each_day(self):
        today = plain(self) - self._shift
        self._asked[0] = self._asked[1] = today

    def __ge__(self, other):
        self._turns(other, after=False)
        return plain(self) >= plain(other)

    def __lt__(self, other):
        self._turns(other, after=False)
        return plain(self) < plain(other)

    def __gt__(self, other):
        self._turns(other, after=True)
        return plain(self) > plain(other)

    def __le__(self, other):
        self._turns(other, after=True)
        return plain(self) <= plain(other)

    def __eq__(self, other):
        if not isinstance(other, date):
            return False
        self._turns(other, after=False)
        self._turns(other, after=True)
        return plain(self) == plain(other)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        self._each_day()
        return hash(plain(self))

    def __add__(self, span):
        return type(self)._shifted(plain(self) + span, self._shift + span, self._asked)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + (-other)
        self._each_day()
        return plain(self) - plain(other)

    def __rsub__(self, other):
        self._each_day()
        return plain(other) - plain(self)


def plain(day: date) -> date:
    """The same day, which notes nothing."""
    return day._plain if isinstance(day, Day) else day


def _each_day_of(name):
    """A part of the day, or its text, is another one every day."""
    asked = getattr(date, name)

    def part(self, *args, **kwargs):
        self._each_day()
        return getattr(plain(self), name)(*args, **kwargs) if callable(asked) else getattr(plain(self), name)

    return part if callable(asked) else property(part)


for _name in (
    "year", "month", "day", "toordinal", "replace", "isoformat", "strftime", "weekday", "isoweekday",
    "isocalendar", "timetuple", "ctime", "__str__", "__format__", "__reduce__",
):  # fmt: skip
    setattr(Day, _name, _each_day_of(_name))
