"""What declarations make of the values in their lines (docs/words.md: Reading a line)."""

from circle.refs import Kind as Thing
from commands.reading.rows import reads, rest
from commands.reading.settling import hourly, of_kinds, one_person
from language.spans import Span, SpanKind
from language.standing import Candidates, Stood
from language.tables import (
    COMPLEMENT,
    ENDS,
    FREE,
    HEAD,
    INSIDE,
    LOOSE,
    TAIL,
    ask,
    beside,
    none,
    read,
    text,
)

_CURRENCY = frozenset({"€", "euros", "euro", "eur", "cts", "centimes"})
_FIGURE, _UNIT = 2.0, 3.0
_MOST_A_DAY = 10 * 60
_BOUND = "jusqua jusquau jusquen depuis avant dici des before until since till apartir"
_GOVERNED = "a au aux pour apres les vers un une chaque at for after pendant durant contre"


def _is_main(stood: Stood, among: Candidates) -> Span | None:
    """Another effort that begins the line."""
    others = among.others(stood.span, SpanKind.EFFORT)
    return next((one for one in others if among.is_head(one) and not one.question), None)


def _same_as_main(stood: Stood, among: Candidates) -> bool:
    main = _is_main(stood, among)
    return main is not None and main.value == stood.span.value


def _is_long(stood: Stood, _among: Candidates) -> bool:
    """More hours than one day of work holds, days being no hours."""
    minutes = stood.span.value
    return stood.span.how != "days" and isinstance(minutes, int) and minutes > _MOST_A_DAY


def _has_main(stood: Stood, among: Candidates) -> bool:
    return _is_main(stood, among) is not None


def _exists_elsewhere(stood: Stood, among: Candidates) -> bool:
    """Whether an amount with its unit stands in the line."""
    return any(one.how != "slang" for one in among.others(stood.span, SpanKind.AMOUNT))


def _after_amount(stood: Stood, among: Candidates) -> bool:
    """A name right after an amount, or after other values that follow it."""
    ends = {one.end for one in among.others(stood.span, SpanKind.AMOUNT) if not among.is_head(one)}
    place, reach = stood.span.start, 5
    between = range(max(among.first, place - reach), place + 1)
    return any(end in ends and _no_mark(among, end, place) for end in between)


def _right_after_amount(stood: Stood, among: Candidates) -> bool:
    """`20 € à Karim peinture`: whom it is for, or where it was bought."""
    ends = {one.end for one in among.others(stood.span, SpanKind.AMOUNT)}
    return stood.span.start in ends


def _no_mark(among: Candidates, start: int, end: int) -> bool:
    return all(among.line.word(at) not in ",;:.()" for at in range(start, end))


def _is_half_of_figures(stood: Stood, among: Candidates) -> bool:
    """`1/2 baguette`, `6/6`: figures that are rather a part than a day."""
    line, at = among.line, stood.span.start
    over, under = line.word(at), line.word(at + 2)
    if line.word(at + 1) != "/" or not (over.isdecimal() and under.isdecimal()):
        return False
    small = int(over) <= int(under) <= 4 and line.is_word(at + 3)
    return over == under or small


AMOUNT = (
    ask("money.ambiguous", how="foreign"),
    none(how="slang", standing=(COMPLEMENT, INSIDE)),
    ask("money.unsure", how="slang"),
    read(how="hourly", given=beside(SpanKind.EFFORT)),
    ask("money.rate", how="hourly rate priced"),
    read(standing=HEAD),
    read(governor="pour contre soit for total montant somme"),
    ask("money.rate", standing=COMPLEMENT),
    read(),
)
EXPENSE_AMOUNT = (
    ask("money.ambiguous", how="foreign"),
    none(how="slang", standing=(COMPLEMENT, INSIDE)),
    ask("money.unsure", how="slang"),
    ask("money.rate", how="hourly rate"),
    read(standing=HEAD),
    read(governor="pour contre soit for total montant somme"),
    ask("money.rate", standing=COMPLEMENT),
    read(),
)
BARE = (
    text(given=_exists_elsewhere),
    ask("money.unit-missing", how="countable alone"),
    ask("money.ambiguous", how="grouped ambiguous"),
    read(),
)
EFFORT = (
    ask("effort.rate", how="rate"),
    text(how="range", standing=(INSIDE, TAIL, FREE, COMPLEMENT), given=_same_as_main),
    ask("effort.several", how="range", standing=(INSIDE, TAIL, FREE), given=_has_main),
    text(how="range", standing=COMPLEMENT, given=_has_main),
    ask("effort.long", standing=HEAD, given=_is_long),
    read(standing=HEAD),
    text(standing=COMPLEMENT),
    text(governor="toutes tous chaque every"),
    ask("effort.long", given=_is_long),
    read(),
)
PRO_BONO = (
    text(standing=COMPLEMENT, how="word"),
    read(standing=(*LOOSE, COMPLEMENT), how="adverb"),
    read(standing=ENDS),
    text(),
)
DAY = (
    none(how="none month"),
    none(how="figures", given=_is_half_of_figures),
    ask("date.vague", how="bound", standing=(HEAD, TAIL)),
    text(how="bound"),
    text(how="period", lead="de du des d l un une pour notre au a aux of"),
    text(how="period", standing=(COMPLEMENT, INSIDE)),
    ask("date.several", how="stretch", given=lambda stood, among: among.is_tail(stood.span.end)),
    text(how="stretch", standing=(COMPLEMENT, INSIDE)),
    text(how="tied", standing=COMPLEMENT),
    read(standing=HEAD),
    ask("date.vague", governor=_BOUND),
    ask("date.vague", lead=_BOUND),
    text(standing=COMPLEMENT),
    text(governor=_GOVERNED),
    text(lead="pour a au for"),
    read(standing=(TAIL, FREE)),
    read(lead="le hier ce avanthier il yesterday on last"),
    ask("date.vague"),
)
PERSON = (
    read(how="new"),
    text(how="open"),
    ask("who.unsure", how="longer"),
    read(standing=LOOSE),
    read(lead="pour for"),
    text(),
)
PAYEE = (read(),)
STRANGER = (ask("who.stranger", given=_after_amount), none())
EXPENSE_STRANGER = (
    ask("who.stranger", given=_after_amount),
    ask("who.stranger", lead="a au to", given=_right_after_amount),
    none(),
)
ID = (
    read(lead="#"),
    none(given=lambda stood, among: not among.is_tail(stood.span.end)),
    read(how="known", lead="pour sur action vote on for"),
    ask("id.bare", how="known"),
    none(),
)
SLIP = (ask("date.slip"),)
EXPLAINED = (text(),)


def _weigh(among: Candidates, at: int) -> float:
    word = among.line.word(at)
    if word.isdecimal():
        return _FIGURE
    return _UNIT if word in _CURRENCY else 0.0


_AROUND = (
    (SpanKind.COUNT, EXPLAINED),
    (SpanKind.LABEL, EXPLAINED),
    (SpanKind.SLIP, SLIP),
)
WORK_TEXT = rest(*_AROUND, (SpanKind.STRANGER, STRANGER), weigh=_weigh)
EXPENSE_TEXT = rest(
    *_AROUND, (SpanKind.STRANGER, EXPENSE_STRANGER), (SpanKind.EFFORT, EXPLAINED), weigh=_weigh
)
WORK_MINUTES = reads((SpanKind.EFFORT, EFFORT))
WORK_ASKED = reads((SpanKind.AMOUNT, AMOUNT), settle=hourly)
EXPENSE_AMOUNT_READ = reads((SpanKind.AMOUNT, EXPENSE_AMOUNT), (SpanKind.BARE, BARE))
WORK_PRO_BONO = reads((SpanKind.PRO_BONO, PRO_BONO))
WORK_DAY = reads((SpanKind.DAY, DAY))
WORK_PERSON = reads((SpanKind.PERSON, PERSON), settle=one_person)
WORK_PAYEE = reads((SpanKind.PAYEE, PAYEE))
WORK_ABOUT = reads((SpanKind.ID, ID), settle=of_kinds(Thing.ACTION, Thing.VOTE))
