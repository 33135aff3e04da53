"""Searches without an answer: words that the board does not know, the most wanted first."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from postings.actions import unmatched_searches
from postings.enums import UnmatchedStatus
from postings.labels import label
from postings.models import UnmatchedSearch
from profiles.actions.skill_review import NotAnAlias
from profiles.admin.common import Decision, ReadOnlyAdmin, decide, link
from profiles.models import Skill, User
from profiles.taxonomy.lookup import find_skill, suggest_skills

MOST_OFFERED = 8
DECIDED = "Somebody decided on it meanwhile."


def _ignore(row: UnmatchedSearch, actor: User, note: str, now: datetime) -> None:
    unmatched_searches.ignore(row=row)


IGNORE = Decision(
    "ignore",
    "Ignore",
    "Ignore these words? Nobody is asked about them again.",
    _ignore,
    ((unmatched_searches.DecidedAlready, DECIDED),),
    None,
)


class StatusFilter(admin.SimpleListFilter):
    """Waiting first; the others on demand."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What is not the default."""
        decided = (UnmatchedStatus.ALIAS, UnmatchedStatus.IGNORED)
        return [(str(status), label(status)) for status in decided]

    def choices(self, changelist: Any) -> Any:
        """The default is named for what it shows."""
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": "Waiting"} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit."""
        return queryset.filter(status=self.value() or UnmatchedStatus.OPEN)


@admin.register(UnmatchedSearch)
class UnmatchedSearchAdmin(ReadOnlyAdmin):
    list_display = ("words", "searches", "first_seen", "last_seen", "leads_to", "alias_link")
    list_display_links = None
    list_filter = (StatusFilter,)
    list_select_related = ("skill",)
    search_fields = ("words",)
    ordering = ("-searches", "-last_seen", "pk")
    actions = ("ignore",)
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self) -> list[URLPattern]:
        """The page that makes an alias stands before Django's own."""
        view = self.admin_site.admin_view(self.alias)
        own = path("<int:pk>/alias/", view, name="postings_unmatchedsearch_alias")
        return [own, *super().get_urls()]

    @admin.action(description="Ignore", permissions=["view"])
    def ignore(self, request: HttpRequest, rows: QuerySet[UnmatchedSearch]) -> HttpResponse | None:
        """Asks, then ignores."""
        return decide(self, request, rows, IGNORE)

    @admin.display(description="leads to")
    def leads_to(self, row: UnmatchedSearch) -> SafeString | str:
        """The term that it is another name of now."""
        return link(row.skill)

    @admin.display(description="make it lead")
    def alias_link(self, row: UnmatchedSearch) -> SafeString | str:
        """The way to the page that makes it another name of a term."""
        if row.status != UnmatchedStatus.OPEN:
            return "–"
        url = reverse("admin:postings_unmatchedsearch_alias", args=(row.pk,))
        words = format_html('To a term<span class="visually-hidden">: {}</span>…', row.words)
        return format_html('<a href="{}">{}</a>', url, words)

    def alias(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the term that the words mean, and make them its alias."""
        if not request.user.has_perm("profiles.add_skillalias"):
            raise PermissionDenied
        row = get_object_or_404(UnmatchedSearch, pk=pk, status=UnmatchedStatus.OPEN)
        typed = str(request.POST.get("skill", ""))[:120].replace("\0", "").strip()
        skill = find_skill(typed) if typed else None
        error = "" if skill or not typed else f"We know no approved term “{typed}”."
        if skill is not None:
            try:
                return self._make_alias(request, row, skill)
            except NotAnAlias as refusal:
                error = str(refusal)
            except unmatched_searches.DecidedAlready:
                error = DECIDED
        context = {
            **self.admin_site.each_context(request),
            "title": f"What does “{row.words}” mean?",
            "opts": self.opts,
            "row": row,
            "typed": typed,
            "error": error,
            "offered": [one.skill for one in suggest_skills(row.words, limit=MOST_OFFERED)],
        }
        return render(request, "admin/postings/unmatchedsearch/alias.html", context)

    def _make_alias(self, request: HttpRequest, row: UnmatchedSearch, skill: Skill) -> HttpResponse:
        actor: Any = request.user
        unmatched_searches.make_alias(row=row, skill=skill, actor=actor, now=timezone.now())
        messages.success(request, f"“{row.words}” leads to {skill.name} from now on.")
        return HttpResponseRedirect(reverse("admin:postings_unmatchedsearch_changelist"))
