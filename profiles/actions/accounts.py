"""What people change about their own account."""

from profiles.models import User


def rename(*, user: User, name: str) -> None:
    """Change how `user` is named from now on; event rows keep the name of their time."""
    user.name = name
    user.save(update_fields=["name"])
