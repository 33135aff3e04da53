"""Routes of the board, of the employer's side and of the API."""

from django.urls import URLPattern

from cscareers.core.urls import register

register()

app_name = "postings"
urlpatterns: list[URLPattern] = []
