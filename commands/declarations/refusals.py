"""What is refused here, one class a key (the sentences: `locales`)."""

from commands.kernel.sentence import Sentence


class StructureExists(Sentence, key="structure.exists"):
    name: str
    structure: bool
