"""A free name that a word introduces, with or without that word: `du FEDER`, `FEDER`."""

from commands.reading.options import introduced
from commands.reading.slots import Around, Option
from commands.reading.words import split

_ALSO = ("par", "by", "venant de", "venant du")


def named_by(option: Option[object], text: str, around: Around) -> str:
    """The name as it is known, else as typed; "" where there is none."""
    piece = split(text)
    if not piece.words:
        return ""
    said = introduced(option, piece)
    if said is None and piece.words[0].plain in _ALSO:
        said = piece[1:]
    piece = said if said is not None and said.words else piece
    return str(option.value.read(piece, around) or piece.text)
