"""Routes of the board, of the employer's side and of the API."""

from django.urls import path, re_path

from cscareers.core.urls import register
from postings.api import views as api
from postings.api.match import match
from postings.api.my_matches import my_matches
from postings.syndication import feeds
from postings.syndication.sitemaps import site_map
from postings.views.audience import wizard_people
from postings.views.board import board
from postings.views.candidate import profile
from postings.views.desk import desk, manage_list
from postings.views.employer import employer
from postings.views.imports import (
    import_confirm,
    import_drop,
    import_paste,
    import_run,
    import_undo,
    import_upload,
    imports,
)
from postings.views.manage import act, manage
from postings.views.matches import matches, why
from postings.views.posting import posting
from postings.views.report import report, report_sent, reports_policy
from postings.views.saved import mark, saved
from postings.views.step import wizard_step
from postings.views.wizard import new, preview, wizard, wizard_begin, wizard_check
from postings.views.wording import wizard_wording

register()

_HIRE = "hire/<slug:employer>/"
_ONE = f"{_HIRE}postings/<pid:public_id>/"
_RUN = f"{_HIRE}imports/<pid:run>/"
hire_patterns = [
    path(_HIRE, desk, name="desk"),
    path(f"{_HIRE}postings/", manage_list, name="manage_list"),
    path(f"{_HIRE}postings/new/", new, name="new"),
    path(f"{_HIRE}imports/", imports, name="imports"),
    path(f"{_HIRE}imports/upload/", import_upload, name="import_upload"),
    path(f"{_HIRE}imports/paste/", import_paste, name="import_paste"),
    path(_RUN, import_run, name="import_run"),
    path(f"{_RUN}confirm/", import_confirm, name="import_confirm"),
    path(f"{_RUN}drop/", import_drop, name="import_drop"),
    path(f"{_RUN}undo/", import_undo, name="import_undo"),
    path(_ONE, manage, name="manage"),
    path(f"{_ONE}preview/", preview, name="preview"),
    path(f"{_ONE}edit/", wizard, name="wizard"),
    path(f"{_ONE}edit/begin/", wizard_begin, name="wizard_begin"),
    path(f"{_ONE}edit/check/", wizard_check, name="wizard_check"),
    path(f"{_ONE}edit/<slug:step>/", wizard_step, name="wizard_step"),
    path(f"{_ONE}edit/requirements/people/", wizard_people, name="wizard_people"),
    path(f"{_ONE}edit/<slug:step>/wording/", wizard_wording, name="wizard_wording"),
    path(f"{_ONE}<slug:verb>/", act, name="act"),
]

# Under /me/, beside those of profiles.
me_patterns = [
    path("profile/", profile, name="profile"),
    path("matches/", matches, name="matches"),
    path("matches.json", my_matches, name="matches_json"),
    path("matches/<pid:public_id>/", why, name="match"),
]

# A page's JSON twin is its path without the last slash and `.json`: the same view as the API's.
api_patterns = [
    path("api/v1/postings", api.postings, name="api_postings"),
    path("api/v1/postings/<pid:public_id>", api.posting, name="api_posting"),
    path("api/v1/match", match, name="api_match"),
    path("api/v1/vocabulary", api.vocabulary, name="api_vocabulary"),
    path("api/schema/", api.schema, name="api_schema"),
    re_path(r"^api/(?:.*)$", api.nothing, name="api_nothing"),
    path("jobs.json", api.postings, name="board_json"),
    path("jobs/<slug:slug>-<pid:public_id>.json", api.posting, name="posting_json"),
]

app_name = "postings"
urlpatterns = [
    *api_patterns,
    path("sitemap.xml", site_map, name="sitemap"),
    path("jobs/", board, name="board"),
    path("jobs/feed.atom", feeds.atom, name="feed_atom"),
    path("jobs/feed.json", feeds.json_feed, name="feed_json"),
    path("jobs/<slug:slug>-<pid:public_id>/", posting, name="posting"),
    path("jobs/<slug:slug>-<pid:public_id>/report/", report, name="report"),
    path("jobs/<slug:slug>-<pid:public_id>/report/sent/", report_sent, name="report_sent"),
    path("about/reports/", reports_policy, name="reports_policy"),
    path("about/reports/<str:version>/", reports_policy, name="reports_policy_version"),
    path("me/saved/", saved, name="saved"),
    path("me/saved/<pid:public_id>/", mark, name="mark"),
    path("employers/<slug:slug>/", employer, name="employer"),
    *hire_patterns,
]
