"""What a line can be refused for, one class a key (made in `refusals`; said in `locales`)."""

from datetime import date, datetime

from circle.money import Money
from circle.people import Person
from circle.refs import Kind, Ref
from commands.kernel.sentence import ABSENT, Absent, Sentence

Choice = str | int | date | datetime | Money | Person | Ref


class Misread(Sentence):
    """Words that were not read.

    `text`: the words it is about, shortened; "" where there are none. `example`: a line that
    works, prefix included, made of the person's own line where it can be. `lines`: whole lines to
    type, one for each of `choices` where both stand, else what may have been meant; often empty.
    `command`: its name as typed.
    """

    text: str
    example: str
    lines: tuple[str, ...]
    command: str
    choices: tuple[Choice, ...]


class PerhapsMisread(Sentence):
    """The same of a line; a command that refuses in these words tells nothing of one."""

    text: str | Absent = ABSENT
    example: str | Absent = ABSENT
    lines: tuple[str, ...] | Absent = ABSENT
    command: str | Absent = ABSENT
    choices: tuple[Choice, ...] | Absent = ABSENT


class TextMissing(PerhapsMisread, key="text.missing"): ...


class TextTooLong(Misread, key="text.too-long"):
    length: int
    limit: int


class LineTooLong(Misread, key="line.too-long"):
    length: int
    limit: int


class LineExtra(Misread, key="line.extra"): ...


class OptionTwice(Misread, key="option.twice"): ...


class IdMissing(Misread, key="id.missing"): ...


class IdWrongKind(Misread, key="id.wrong-kind"):
    id: Ref
    kinds: tuple[Kind, ...]


class IdAmbiguous(Misread, key="id.ambiguous"): ...


class MoneyMissing(Misread, key="money.missing"): ...


class MoneyNotUnderstood(Misread, key="money.not-understood"): ...


class MoneyAmbiguous(Misread, key="money.ambiguous"): ...


class MoneyYear(Misread, key="money.year"):
    amount: Money | Absent = ABSENT


class MoneyNegative(Misread, key="money.negative"): ...


class MoneyCurrency(Misread, key="money.currency"):
    currency: str


class MoneyTooLarge(Misread, key="money.too-large"):
    limit: Money


class EffortMissing(Misread, key="effort.missing"): ...


class EffortNotUnderstood(Misread, key="effort.not-understood"): ...


class EffortAmbiguous(Misread, key="effort.ambiguous"): ...


class EffortUnitMissing(Misread, key="effort.unit-missing"): ...


class EffortOutOfRange(Misread, key="effort.out-of-range"):
    minutes: int
    limit: int


class WhoMissing(Misread, key="who.missing"): ...


class WhoUnknown(Sentence, key="who.unknown"):
    """A name that nobody bears: `text` of the line, or `word` as it was meant."""

    word: str | Absent = ABSENT
    text: str | Absent = ABSENT
    example: str | Absent = ABSENT
    lines: tuple[str, ...] | Absent = ABSENT
    command: str | Absent = ABSENT
    choices: tuple[Person, ...]


class WhoAmbiguous(Misread, key="who.ambiguous"): ...


class WhoNew(Misread, key="who.new"): ...


class WorkstreamMissing(Misread, key="workstream.missing"): ...


class WorkstreamUnknown(Misread, key="workstream.unknown"): ...


class FunderMissing(Misread, key="funder.missing"): ...


class FunderUnknown(Misread, key="funder.unknown"): ...


class StructureMissing(Misread, key="structure.missing"): ...


class StructureUnknown(Misread, key="structure.unknown"): ...


class CircleMissing(Misread, key="circle.missing"): ...


class CircleUnknown(Sentence, key="circle.unknown"):
    """A name that no circle bears: `text` of the line, or `name` as it was meant."""

    name: str | Absent = ABSENT
    text: str | Absent = ABSENT
    example: str | Absent = ABSENT
    lines: tuple[str, ...] | Absent = ABSENT
    command: str | Absent = ABSENT
    choices: tuple[str, ...]


class ChoiceMissing(Misread, key="choice.missing"): ...


class ChoiceUnknown(Misread, key="choice.unknown"): ...


class SettingMissing(Misread, key="setting.missing"): ...


class SettingUnknown(Misread, key="setting.unknown"): ...


class SettingNotUnderstood(Misread, key="setting.not-understood"):
    setting: str


class CountMissing(Misread, key="count.missing"): ...


class CountNotUnderstood(Misread, key="count.not-understood"): ...


class PeriodMissing(Misread, key="period.missing"): ...


class PeriodNotUnderstood(Misread, key="period.not-understood"): ...


class QuorumMissing(Misread, key="quorum.missing"): ...


class QuorumNotUnderstood(Misread, key="quorum.not-understood"): ...


class MajorityMissing(Misread, key="majority.missing"): ...


class MajorityNotUnderstood(Misread, key="majority.not-understood"): ...


class ListMissing(Misread, key="list.missing"): ...


class ListTooFew(Misread, key="list.too-few"):
    fewest: int


class ListTooMany(Misread, key="list.too-many"):
    most: int


class ListTwice(Misread, key="list.twice"): ...


class ListCostMissing(Misread, key="list.cost-missing"): ...


class ReadingUnsure(Misread, key="reading.unsure"): ...


class ReadingLeft(Misread, key="reading.left"): ...


class ReadingTooMuch(Misread, key="reading.too-much"):
    count: int


class ReadingSeveralLines(Sentence, key="reading.several-lines"):
    """Several lines of a message are commands: `lines`."""

    lines: tuple[str, ...]
    text: str
    example: str
    command: str
    count: int


class ReadingIdAlone(Misread, key="reading.id-alone"): ...


class ReadingAnswer(Misread, key="reading.answer"): ...


class MoneyRate(Misread, key="money.rate"): ...


class MoneyUnitMissing(Misread, key="money.unit-missing"): ...


class MoneyUnsure(Misread, key="money.unsure"): ...


class MoneySeveral(Misread, key="money.several"): ...


class MoneyBudget(Misread, key="money.budget"): ...


class EffortRate(Misread, key="effort.rate"): ...


class EffortSeveral(Misread, key="effort.several"): ...


class EffortLong(Misread, key="effort.long"): ...


class IdSeveral(Misread, key="id.several"): ...


class IdBare(Misread, key="id.bare"): ...


class WhoSeveral(Misread, key="who.several"): ...


class WhoUnsure(Misread, key="who.unsure"): ...


class WhoStranger(Misread, key="who.stranger"): ...


class MajorityWhich(Misread, key="majority.which"): ...


class MajorityUnanimity(Misread, key="majority.unanimity"): ...


class ListBlank(Misread, key="list.blank"): ...


class VoteRuleUnsure(Misread, key="vote.rule-unsure"): ...


class VoteClosingUnsure(Misread, key="vote.closing-unsure"): ...
