from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cscareers.core"
    label = "core"
