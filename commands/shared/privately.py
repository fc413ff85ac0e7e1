"""What is for one person alone, asked anywhere: the answer in their direct room."""

from commands.kernel.command import Request
from commands.kernel.reply import Attachment, Privately, Reply
from commands.kernel.sentence import Sentence
from commands.shared.replies import PrivacySent


def privately(request: Request[object], sentence: Sentence, *files: Attachment) -> Reply:
    """The answer in the direct room; asked elsewhere, a ✅ says there that it was sent."""
    if request.room.direct:
        return Reply(sentence, attachments=files)
    letter = Reply(sentence, where=Privately(request.person), attachments=files)
    return Reply(PrivacySent(), quiet=True, also=(letter,))
