"""What is refused here, one class a key (the sentences: `locales`)."""

from circle.extracts import Format
from circle.refs import Ref
from commands.kernel.sentence import Sentence
from commands.reading.misread import Misread


class BroadcastAlreadySent(Sentence, key="broadcast.already-sent"):
    id: Ref


class BroadcastNobody(Sentence, key="broadcast.nobody"): ...


class BroadcastNone(Sentence, key="broadcast.none"): ...


class BroadcastNotYours(Sentence, key="broadcast.not-yours"): ...


class BroadcastTooOld(Sentence, key="broadcast.too-old"):
    id: Ref


class ExportPersonal(Sentence, key="export.personal"):
    format: Format
    circle: str | None


class ExportTooLarge(Sentence, key="export.too-large"):
    size: int
    most: int


class ExportTwoPeriods(Sentence, key="export.two-periods"): ...


class ExportNotUnderstood(Misread, key="export.not-understood"): ...


class FlowsNotUnderstood(Misread, key="flows.not-understood"): ...
