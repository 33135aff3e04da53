from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Django's admin behind our own login rules."""

    default_site = "cscareers.admin.ModerationSite"
