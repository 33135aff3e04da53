from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"

    def ready(self) -> None:
        """Connect the receivers; see that merges reach what candidates hold."""
        from profiles import receivers  # noqa: F401, PLC0415
        from profiles.actions import held_skills  # noqa: PLC0415

        held_skills.register()
