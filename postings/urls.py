"""Routes of the board, of the employer's side and of the API."""

from django.urls import path

from cscareers.core.urls import register
from postings.views.employer import employer
from postings.views.posting import posting

register()

app_name = "postings"
urlpatterns = [
    path("jobs/<slug:slug>-<pid:public_id>/", posting, name="posting"),
    path("employers/<slug:slug>/", employer, name="employer"),
]
