"""What is refused here, one class a key (the sentences: `locales`)."""

from commands.kernel.sentence import Sentence


class CheckinNone(Sentence, key="checkin.none"): ...


class CodevHasRole(Sentence, key="codev.has-role"):
    client: bool


class CodevMinutes(Sentence, key="codev.minutes"):
    limit: int


class CodevNoClient(Sentence, key="codev.no-client"): ...


class CodevNone(Sentence, key="codev.none"): ...


class CodevNotBegun(Sentence, key="codev.not-begun"): ...


class CodevOneRole(Sentence, key="codev.one-role"): ...


class CodevTwoThings(Sentence, key="codev.two-things"):
    text: str


class TimerTooLong(Sentence, key="timer.too-long"):
    minutes: int
    limit: int


class TurnsAlready(Sentence, key="turns.already"):
    place: int


class TurnsNone(Sentence, key="turns.none"): ...


class TurnsNotIn(Sentence, key="turns.not-in"): ...


class TurnsTooLong(Sentence, key="turns.too-long"):
    minutes: int
    limit: int
