"""Path converters of our own."""

from collections.abc import Iterable

from django.urls import register_converter
from django.urls.converters import get_converters

from cscareers.core.ids import ALPHABET, LENGTH


class _AsWritten:
    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PublicIdConverter(_AsWritten):
    """A public id as `core.ids.new_public_id` makes them; anything else is no such page."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"


def register() -> None:
    """Make `<pid:…>` known to URL patterns; each app's routes ask for it."""
    if "pid" not in get_converters():
        register_converter(PublicIdConverter, "pid")


def register_words(name: str, words: Iterable[str]) -> None:
    """Make `<name:…>` known to URL patterns: one of `words`; anything else is no such page."""
    if name not in get_converters():
        regex = "|".join(words)
        register_converter(type(f"{name}Converter", (_AsWritten,), {"regex": regex}), name)
