from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "postings"

    def ready(self) -> None:
        """Connect the receivers and register the tasks."""
        from postings import receivers, tasks  # noqa: F401, PLC0415
