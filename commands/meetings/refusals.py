"""What is refused here, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.meetings import Presence
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Sentence


class MeetingSameTime(Sentence, key="meeting.same-time"):
    id: Ref
    start: datetime


class MeetingWhich(Sentence, key="meeting.which"):
    id: Ref
    when: str
    start: datetime


class MeetingWhichDays(Sentence, key="meeting.which-days"):
    id: Ref
    start: datetime


class ProxyCarries(Sentence, key="proxy.carries"):
    people: tuple[Person, ...]


class ProxyNone(Sentence, key="proxy.none"):
    id: Ref


class ProxyNotThere(Sentence, key="proxy.not-there"):
    member: Person
    presence: Presence


class ProxyOneself(Sentence, key="proxy.oneself"): ...


class ProxyOutside(Sentence, key="proxy.outside"):
    member: Person


class ProxyWhom(Sentence, key="proxy.whom"): ...
