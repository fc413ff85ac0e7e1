"""What a date can be refused for, or asked about, one class a key."""

from datetime import date, datetime

from circle.calendar import Reason
from commands.kernel.sentence import ABSENT, Absent
from commands.reading.misread import Misread, PerhapsMisread

Day = date


class DateMisread(Misread):
    """What the calendar asks or refuses, with what it says of it (`circle.calendar.Refused`).

    `said`, `real`: weekdays, Monday is 0.
    """

    reason: Reason | Absent = ABSENT
    date: Day | datetime | Absent = ABSENT
    start: Day | datetime | Absent = ABSENT
    end: Day | datetime | Absent = ABSENT
    said: int | Absent = ABSENT
    real: int | Absent = ABSENT
    day: int | Absent = ABSENT
    month: int | Absent = ABSENT
    year: int | Absent = ABSENT


class DateMissing(DateMisread, key="date.missing"): ...


class DateNotUnderstood(DateMisread, key="date.not-understood"): ...


class DateAmbiguous(DateMisread, key="date.ambiguous"): ...


class DateHourMissing(DateMisread, key="date.hour-missing"): ...


class DateDayMissing(DateMisread, key="date.day-missing"): ...


class DateVague(DateMisread, key="date.vague"): ...


class DateImpossible(DateMisread, key="date.impossible"): ...


class DateMismatch(DateMisread, key="date.mismatch"): ...


class DatePast(PerhapsMisread, key="date.past"):
    date: Day | Absent = ABSENT
    start: Day | datetime | Absent = ABSENT


class DateFuture(PerhapsMisread, key="date.future"):
    date: Day | Absent = ABSENT
    start: Day | datetime | Absent = ABSENT


class DateEndBeforeStart(DateMisread, key="date.end-before-start"): ...


class DateNoOccurrence(DateMisread, key="date.no-occurrence"): ...


class DateRepeated(DateMisread, key="date.repeated"): ...


class DateTooFar(DateMisread, key="date.too-far"): ...


class DateSeveral(DateMisread, key="date.several"): ...


class DateSlip(DateMisread, key="date.slip"): ...


class DateUnsure(DateMisread, key="date.unsure"): ...


class DateShift(DateMisread, key="date.shift"): ...
