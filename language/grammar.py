"""Small words of both languages that tell how a value stands among others."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


OF = frozenset({"de", "du", "des", "d", "of"})
TO = frozenset({"a", "au", "aux", "at", "to"})
PREPOSITIONS = (
    OF
    | TO
    | words(
        "pour en par sur avec chez apres avant pendant depuis contre sans dans vers entre sous "
        "dici for in by on with after before during since against without within between about"
    )
)
ARTICLES = words(
    "le la les l un une ce cet cette ces mon ma mes son sa ses notre nos votre vos leur "
    "leurs tout tous toute toutes chaque quel quelle the an this that these those my his "
    "her our your their all every each which"
)
AND = frozenset({"et", "and", "&"})
OR = frozenset({"ou", "or"})
OPENING = frozenset(",;:(-=+[/!?.|")
CLOSING = frozenset(",;.!)…-]:")
