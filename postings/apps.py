from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PostingsConfig(AppConfig):
    name = "postings"

    def ready(self) -> None:
        """Connect the receivers and register the tasks."""
        from postings import receivers, tasks  # noqa: F401, PLC0415
        from postings.actions import skill_uses  # noqa: PLC0415
        from postings.hiring import admin as hiring_admin  # noqa: F401, PLC0415
        from postings.hiring import receivers as hiring_receivers  # noqa: F401, PLC0415
        from postings.hiring import tasks as hiring_tasks  # noqa: F401, PLC0415

        skill_uses.register()

        # Django makes our permissions after our migrations; the auth app's turn comes later.
        post_migrate.connect(receivers.make_moderators, sender=apps.get_app_config("auth"))
        post_migrate.connect(receivers.load_risk_rules, sender=self)
