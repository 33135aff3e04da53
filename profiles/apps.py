from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"

    def ready(self) -> None:
        """Connect the receivers."""
        from profiles import receivers  # noqa: F401, PLC0415
