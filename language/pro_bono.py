"""Work for which nothing is asked, as people say it."""

import re

from language.line import Line
from language.spans import Span, SpanKind

_SAID = re.compile(
    r"(?:(?P<free>benevolement|gratuitement|gratos|gracieusement"
    r"|non remunere(?:es?|s)?"
    r"|pas remunere"
    r"|(?:en |du )?benevolat|a titre (?:benevole|gracieux|gratuit)"
    r"|sans (?:contrepartie|rien demander"
    r"|retribution|etre payee?|remuneration)|rien a (?:demander|payer)|je ne demande rien"
    r"|pro ?bono|unpaid|for free|as a volunteer|free of charge|nothing asked)"
    r"|(?P<word>benevole(?!s)|offert|volunteer(?!s|ing|ed)))\b"
)


def pro_bono(line: Line, at: int) -> Span | None:
    """`bénévole`, `bénévolement`, `en bénévolat`, `sans rien demander`. `how`: adverb, word."""
    found = line.match(_SAID, at)
    if found is None:
        return None
    how = "word" if found[0]["word"] else "adverb"
    return Span(SpanKind.PRO_BONO, at, found[1], value=True, how=how, lead=line.word(at))
