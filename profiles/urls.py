"""Routes of people and employers: `/me/` and `/hire/`."""

from django.urls import URLPattern

hire_patterns: list[URLPattern] = []
me_patterns: list[URLPattern] = []
