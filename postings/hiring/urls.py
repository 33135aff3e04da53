"""Routes from apply to hired; mounted before those of `postings`, whose patterns are wider."""

from django.urls import URLPattern, path

from cscareers.core.urls import register, register_words
from postings.hiring.views import (
    alerts,
    apply,
    apply_steps,
    bulk,
    confirm,
    decide,
    ending,
    export,
    home,
    mine,
    pipeline,
    replies,
    review,
    tracked,
    tracker,
)

register()
register_words("decision", decide.TITLES)

_APPLY = "jobs/<slug:slug>-<pid:public_id>/apply/"
_HIRE = "hire/<slug:employer>/"
_POSTING = f"{_HIRE}postings/<pid:public_id>/"
_RECEIVED = f"{_POSTING}applications/"
_ONE = f"{_RECEIVED}<pid:application>/"

# Under /me/, beside those of profiles and postings.
me_patterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("searches/", alerts.searches, name="searches"),
    path("searches/<pid:alert>/", alerts.search, name="search"),
    path("searches/<pid:alert>/<slug:act>/", alerts.search_act, name="search_act"),
    path("applications/", mine.applications, name="applications"),
    path("applications/<pid:application>/", mine.application, name="application"),
    path("applications/<pid:application>/withdraw/", mine.withdraw, name="withdraw"),
    path("applications/<pid:application>/explanation.json", mine.explanation, name="explanation"),
    path("tracker/", tracker.tracker, name="tracker"),
    path("tracker.csv", tracker.tracker_csv, name="tracker_csv"),
    path("tracker.json", tracker.tracker_json, name="tracker_json"),
    path("tracker/add/", tracked.add, name="tracked_add"),
    path("tracker/jobs/<pid:public_id>/", tracked.track, name="track"),
    path("tracker/jobs/<pid:public_id>/returned/", tracked.returned, name="returned"),
    path("tracker/<pid:job>/", tracked.tracked, name="tracked"),
    path("tracker/<pid:job>/status/", tracked.move, name="tracked_move"),
    path("tracker/<pid:job>/delete/", tracked.untrack, name="untrack"),
    path("applications/<pid:application>/file/", mine.file, name="application_file"),
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
    path(_RECEIVED, pipeline.applications, name="applications"),
    path(f"{_RECEIVED}export.csv", export.applications_csv, name="applications_csv"),
    path(f"{_RECEIVED}move/", bulk.move_many, name="move_many"),
    path(_ONE, pipeline.application, name="application"),
    path(f"{_ONE}explanation.json", pipeline.explanation, name="explanation"),
    path(f"{_ONE}move/", decide.move, name="move"),
    path(f"{_ONE}move/<decision:decision>/", decide.decide, name="decide"),
    path(f"{_ONE}notes/", review.note, name="note"),
    path(f"{_ONE}tags/", review.tag, name="tag"),
    path(f"{_POSTING}fill/", ending.end, {"verb": "fill"}, name="fill"),
    path(f"{_POSTING}close/", ending.end, {"verb": "close"}, name="close"),
    path(f"{_HIRE}replies/", replies.replies, name="replies"),
    path(f"{_HIRE}replies/new/", replies.new_reply, name="new_reply"),
    path(f"{_HIRE}replies/<pid:reply>/", replies.reply, name="reply"),
    path(f"{_HIRE}replies/<pid:reply>/remove/", replies.remove_reply, name="remove_reply"),
    path("alerts/new/", alerts.new, name="alert_new"),
    path("alerts/sent/", alerts.sent, name="alert_sent"),
    path("alerts/confirm/<str:question>/", alerts.confirm, name="alert_confirm"),
    path("alerts/<str:alert_link>/", alerts.alert, name="alert"),
    path("alerts/<str:alert_link>/stop/", alerts.alert_stop, name="alert_stop"),
    path("alerts/<str:alert_link>/<slug:act>/", alerts.alert_act, name="alert_act"),
    path(f"{_ONE}file/", pipeline.file, name="application_file"),
]
