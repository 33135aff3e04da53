"""Path converters of our own."""

from django.urls import register_converter
from django.urls.converters import get_converters

from cscareers.core.ids import ALPHABET, LENGTH


class PublicIdConverter:
    """A public id as `core.ids.new_public_id` makes them; anything else is no such page."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Make `<pid:…>` known to URL patterns; each app's routes ask for it."""
    if "pid" not in get_converters():
        register_converter(PublicIdConverter, "pid")
