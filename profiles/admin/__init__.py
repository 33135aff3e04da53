"""Admin pages of people and employers."""

from profiles.admin import employers, people

__all__ = ["employers", "people"]
