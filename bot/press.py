"""Draws the pictures of letters when they are sent, outside of any transaction."""

import json
from dataclasses import replace

from bot.speech import Speech
from storage.mail import File


class Press:
    """Turns a picture's recipe and values into an image, with words from the catalogue."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def draw(self, file: File) -> File:
        """The file with its picture drawn; any other file as it is. Slow: call it in a thread."""
        if file.recipe is None:
            return file
        from reports.charts import CHARTS

        told = json.loads(file.body)
        drawn = CHARTS[file.recipe](told["values"], told["words"])
        return replace(
            file, body=drawn.png, width=drawn.width, height=drawn.height, recipe=None
        )
