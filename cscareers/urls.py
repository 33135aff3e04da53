"""All routes: the site's own, then each app's."""

from django.contrib import admin
from django.urls import include, path

from cscareers import views
from postings.hiring.urls import me_patterns as my_hiring
from postings.urls import me_patterns as my_postings
from postings.views.home import home
from profiles.urls import hire_patterns, me_patterns, public_patterns

urlpatterns = [
    path("", home, name="home"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("about/data/", views.about_data, name="about_data"),
    path("theme/", views.set_theme, name="theme"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("me/", include(([*me_patterns, *my_postings, *my_hiring], "me"))),
    path("hire/", include((hire_patterns, "hire"))),
    path("", include((public_patterns, "profiles"))),
    path("", include("postings.hiring.urls")),
    path("", include("postings.urls")),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler429 = "cscareers.views.too_many_requests"  # allauth's limits look for it by this name
handler500 = views.server_error
