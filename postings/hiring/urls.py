"""Routes from apply to hired; mounted before those of `postings`, whose patterns are wider."""

from django.urls import URLPattern, path

from cscareers.core.urls import register
from postings.hiring.views import confirm, mine, pipeline

register()

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
    path(f"{_POSTING}applications/<pid:application>/", pipeline.application, name="application"),
    path(
        f"{_POSTING}applications/<pid:application>/explanation.json",
        pipeline.explanation,
        name="explanation",
    ),
]
