"""Routes of people and employers: `/me/`, `/hire/` and the employers' logos, the vocabulary."""

from django.urls import URLPattern, path, re_path

from cscareers.core.urls import register, register_words
from profiles.profile_page import SLUGS
from profiles.profile_rows import KINDS
from profiles.views import (
    cv,
    hire,
    logos,
    profile,
    profile_blocks,
    settings,
    team,
    vocabulary,
)

register()
register_words("section", SLUGS)
register_words("rows", KINDS)

hire_patterns: list[URLPattern] = [
    path("", hire.home, name="home"),
    path("new/", hire.new_employer, name="new"),
    path("invitations/<slug:token>/", team.accept_invitation, name="invitation"),
    path("<slug:employer>/settings/", settings.edit_employer, name="settings"),
    path("<slug:employer>/team/", team.show_team, name="team"),
    path("<slug:employer>/team/leave/", team.leave, name="leave"),
    path("<slug:employer>/team/members/<pid:member>/role/", team.change_role, name="change_role"),
    path("<slug:employer>/team/members/<pid:member>/remove/", team.remove, name="remove_member"),
    path(
        "<slug:employer>/team/invitations/<pid:invitation>/revoke/",
        team.revoke,
        name="revoke_invitation",
    ),
]
me_patterns: list[URLPattern] = [
    path("profile/import/", cv.import_cv, name="cv_bring"),
    path("profile/import/<pid:cv>/", cv.show_import, name="cv_import"),
    path("profile/export.json", cv.export, name="profile_export"),
    path("profile/<section:section>/", profile.section, name="profile_section"),
    path("profile/visibility/block/", profile_blocks.block, name="profile_block"),
    path(
        "profile/visibility/block/<pid:block>/remove/",
        profile_blocks.unblock,
        name="profile_unblock",
    ),
    path("profile/<rows:kind>/add/", profile.add_row, name="profile_add"),
    path("profile/<rows:kind>/<pid:row>/", profile.change_row, name="profile_row"),
    path("profile/<rows:kind>/<pid:row>/remove/", profile.remove_row, name="profile_remove"),
]
public_patterns: list[URLPattern] = [
    re_path(r"^logos/(?P<name>[0-9A-Za-z_]{1,60}\.webp)$", logos.logo, name="logo"),
    path("about/data/skills/", vocabulary.skills_page, name="skills"),
    path("about/data/skills.json", vocabulary.skills_json, name="skills_json"),
    path("about/data/skills.csv", vocabulary.skills_csv, name="skills_csv"),
]
