"""The files that the bot attaches, written as they are when they are sent."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from bot.letters.pictures import Press
from storage.mail import File
from tests.chat.scene import Scene
from tests.prepared import voice


async def attached(scene: Scene, *lines: str, receipts: Path | None = None) -> list[File]:
    """Play these lines; the files that went with the answers."""
    letters = []
    heard = scene.console._heard

    def listen(posted):
        letters.append(posted.letter)
        return heard(posted)

    scene.console._heard = listen
    await scene.play(*lines)
    scene.console._heard = heard
    press = Press(voice(), receipts)
    return [drawn(press, one.file) for one in letters if one.file is not None]


def drawn(press: Press, file: File) -> File:
    """The file as it is sent."""
    into = io.BytesIO()
    return replace(press.draw(file, into), body=into.getvalue())


def archived(file: File | Path) -> dict[str, bytes]:
    """The files of an archive, by name."""
    with zipfile.ZipFile(file if isinstance(file, Path) else io.BytesIO(file.body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
