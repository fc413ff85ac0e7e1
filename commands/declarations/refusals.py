"""What is refused here, one class a key (the sentences: `locales`)."""

from commands.kernel.sentence import Sentence


class StructureExists(Sentence, key="structure.exists"):
    name: str
    structure: bool


class WhoAlike(Sentence, key="who.alike"):
    """`known`: a name that one would take for this one."""

    name: str
    known: str
