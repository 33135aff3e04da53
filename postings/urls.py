"""Routes of the board and of the employer's side."""

from django.urls.resolvers import URLPattern

app_name = "postings"
urlpatterns: list[URLPattern] = []
