"""Routes from apply to hired; mounted before those of `postings`, whose patterns are wider."""

from django.urls import URLPattern, path

from cscareers.core.urls import register
from postings.hiring.views import apply, apply_steps, confirm, mine, pipeline

register()

_APPLY = "jobs/<slug:slug>-<pid:public_id>/apply/"
_POSTING = "hire/<slug:employer>/postings/<pid:public_id>/"

# Under /me/, beside those of profiles and postings.
me_patterns: list[URLPattern] = [
    path("applications/", mine.applications, name="applications"),
    path("applications/<pid:application>/", mine.application, name="application"),
    path("applications/<pid:application>/withdraw/", mine.withdraw, name="withdraw"),
    path("applications/<pid:application>/explanation.json", mine.explanation, name="explanation"),
]

app_name = "hiring"
urlpatterns: list[URLPattern] = [
    path("jobs/confirm/<str:link>/", confirm.confirm, name="confirm"),
    path(_APPLY, apply.apply, name="apply"),
    path(f"{_APPLY}requirements/", apply_steps.requirements, name="apply_requirements"),
    path(f"{_APPLY}message/", apply_steps.message, name="apply_message"),
    path(f"{_APPLY}check/", apply_steps.check, name="apply_check"),
    path(f"{_APPLY}sent/", apply.sent, name="apply_sent"),
    path(f"{_APPLY}file/", apply.file, name="apply_file"),
    path(f"{_APPLY}discard/", apply.discard, name="apply_discard"),
    path(f"{_POSTING}applications/<pid:application>/", pipeline.application, name="application"),
    path(
        f"{_POSTING}applications/<pid:application>/explanation.json",
        pipeline.explanation,
        name="explanation",
    ),
]
