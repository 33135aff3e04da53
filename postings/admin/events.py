"""Events of postings, which nobody edits."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from postings.models import PostingEvent
from profiles.admin.common import ReadOnlyAdmin, ReadOnlyInline, link


class PostingEventInline(ReadOnlyInline):
    model = PostingEvent
    fields = ("at", "verb", "actor_label", "from_state", "to_state", "reasons", "note", "details")
    readonly_fields = fields
    verbose_name_plural = "history"

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostingEvent]:
        """Newest first."""
        return super().get_queryset(request).order_by("-at", "-pk")


@admin.register(PostingEvent)
class PostingEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "verb", "job", "actor_label", "from_state", "to_state", "note")
    list_filter = ("verb",)
    list_select_related = ("posting",)
    search_fields = ("posting__title", "posting__public_id", "actor_label")
    ordering = ("-at", "-pk")
    show_facets = admin.ShowFacets.ALWAYS

    @admin.display(description="job")
    def job(self, event: PostingEvent) -> SafeString | str:
        """A link to the posting."""
        return link(event.posting)
