"""Every sentence that people read: one YAML file a language, from key to Jinja template."""

from importlib.resources import files
from typing import Final

import yaml

LANGUAGES: Final = ("fr", "en")


def catalogue(language: str) -> dict[str, str]:
    """The sentences of a language, by key."""
    text = files(__name__).joinpath(f"{language}.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sentences: dict[str, str] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
    return sentences
