"""What search engines may read: the site's entrances, open postings, employers that have some."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from postings.models import Posting

if TYPE_CHECKING:
    _Sitemap = Sitemap[Any]
else:
    _Sitemap = Sitemap  # generic for the type checker alone


class EntranceSitemap(_Sitemap):
    """Home and board."""

    def items(self) -> list[str]:
        return ["home", "postings:board"]

    def location(self, item: str) -> str:
        return reverse(item)


class PostingSitemap(_Sitemap):
    """What is published at the moment of asking."""

    def items(self) -> QuerySet[Posting]:
        rows = Posting.objects.published(now=timezone.now())
        return rows.only("slug", "public_id", "confirmed_at").order_by("-confirmed_at", "-pk")

    def lastmod(self, item: Posting) -> datetime | None:
        return item.confirmed_at


class EmployerSitemap(_Sitemap):
    """Employers with open postings; changed when the newest of them was."""

    def items(self) -> QuerySet[Any]:
        rows = Posting.objects.published(now=timezone.now()).order_by()
        changed = rows.values("employer__slug").annotate(changed=Max("confirmed_at"))
        return changed.order_by("employer__slug")

    def location(self, item: dict[str, Any]) -> str:
        return reverse("postings:employer", kwargs={"slug": item["employer__slug"]})

    def lastmod(self, item: dict[str, Any]) -> datetime:
        changed: datetime = item["changed"]
        return changed


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponseBase:
    """`/sitemap.xml`."""
    sections: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
        "entrances": EntranceSitemap,
        "postings": PostingSitemap,
        "employers": EmployerSitemap,
    }
    return sitemap(request, sections)
