"""The taxonomy: terms with their aliases, how often postings ask for them, and proposals."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from postings.actions.skill_uses import reindex_later
from postings.admin.merging import merge_page
from postings.models import Posting
from profiles.actions import skill_review
from profiles.admin.common import Decision, ReadOnlyInline, decide, link
from profiles.enums import SkillStatus
from profiles.models import Skill, SkillAlias, SkillEvent, User
from profiles.taxonomy import uses
from profiles.taxonomy.normalize import normalize

if TYPE_CHECKING:
    SkillModelAdmin = admin.ModelAdmin[Skill]
    AliasModelAdmin = admin.ModelAdmin[SkillAlias]
    AliasStackedInline = admin.StackedInline[SkillAlias, Skill]
    SkillModelForm = forms.ModelForm[Skill]
    AliasModelForm = forms.ModelForm[SkillAlias]
else:  # Django's own classes take no parameters at run time.
    SkillModelAdmin = AliasModelAdmin = admin.ModelAdmin
    AliasStackedInline = admin.StackedInline
    SkillModelForm = AliasModelForm = forms.ModelForm

_REFUSALS = ((skill_review.AlreadyDecided, "It is no proposal, or is decided already."),)


def _approve(skill: Skill, actor: User, note: str, now: datetime) -> None:
    skill_review.approve(skill=skill, actor=actor, now=now)


def _reject(skill: Skill, actor: User, note: str, now: datetime) -> None:
    skill_review.reject(skill=skill, actor=actor, now=now)


APPROVE = Decision(
    "approve", "Approve", "Offer these terms to everybody?", _approve, _REFUSALS, None
)
REJECT = Decision(
    "reject",
    "Reject",
    "Reject these terms? Jobs that name them keep them; nobody else is offered them.",
    _reject,
    _REFUSALS,
    None,
)


class SkillForm(SkillModelForm):
    """A term; the form it is compared in follows from its name."""

    esco_uri = forms.URLField(
        label="ESCO address", max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = Skill
        labels: ClassVar = {"onet": "Name in O*NET"}
        fields = ("name", "slug", "kind", "category", "description", "esco_uri", "onet")

    def clean(self) -> dict[str, Any]:
        """One term of a kind for each name, however it is spelt."""
        words = super().clean() or {}
        if "name" in words and "kind" in words:
            self.instance.normalized = normalize(words["name"])
            others = Skill.objects.exclude(pk=self.instance.pk).filter(kind=words["kind"])
            if not self.instance.normalized:
                self.add_error("name", "This is no name.")
            elif others.filter(normalized=self.instance.normalized).exists():
                self.add_error("name", "There is a term of this name and kind already.")
        return words


class AliasForm(AliasModelForm):
    """Another name of a term; the form it is compared in follows from it."""

    class Meta:
        model = SkillAlias
        fields = ("skill", "name", "language", "source")

    def clean_name(self) -> str:
        """An alias leads to one term only."""
        name = str(self.cleaned_data["name"])
        self.instance.normalized = normalize(name)
        others = SkillAlias.objects.exclude(pk=self.instance.pk).select_related("skill")
        other = others.filter(normalized=self.instance.normalized).first()
        if not self.instance.normalized:
            raise forms.ValidationError("This is no name.")
        if other is not None:
            raise forms.ValidationError(f"This leads to {other.skill.name} already.")
        return name


class LinkedFilter(admin.SimpleListFilter):
    """Linked to ESCO or O*NET, or to neither."""

    title = "links"
    parameter_name = "linked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("esco", "ESCO"), ("onet", "O*NET"), ("none", "Neither")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit."""
        match self.value():
            case "esco":
                return queryset.exclude(esco_uri="")
            case "onet":
                return queryset.exclude(onet="")
            case "none":
                return queryset.filter(esco_uri="", onet="")
        return queryset


class AliasInline(AliasStackedInline):
    model = SkillAlias
    form = AliasForm
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[SkillAlias]:
        """In the order of the alphabet."""
        return super().get_queryset(request).order_by("name", "pk")


class SkillEventInline(ReadOnlyInline):
    model = SkillEvent
    fields = ("at", "verb", "actor_label", "from_state", "to_state", "details")
    readonly_fields = fields
    verbose_name_plural = "history"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SkillEvent]:
        """Newest first."""
        return super().get_queryset(request).order_by("-at", "-pk")


class SkillList(ChangeList):
    """A page of terms that knows what uses them."""

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page, with their impact: one query a kind, whatever their number."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = uses.impact(self.result_list)
        for skill in self.result_list:
            skill.impact = found[skill.pk]


@admin.register(Skill)
class SkillAdmin(SkillModelAdmin):
    form = SkillForm
    list_display = (
        *("name", "kind", "status", "category", "asked_for", "used_by", "linked", "proposed_by"),
        "merge_link",
    )
    list_filter = ("status", "kind", LinkedFilter)
    list_select_related = ("proposed_by",)
    list_per_page = 50
    search_fields = ("name", "normalized", "aliases__normalized")
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    actions = ("approve", "reject")
    readonly_fields = (
        *("status", "leads_to", "used_by", "linked", "proposed_by", "normalized", "created_at"),
    )
    change_form_template = "admin/profiles/skill/change_form.html"
    prepopulated_fields = {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Skill | None = None) -> Any:
        """A slug is permanent: it stands in addresses and in contents."""
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Skill | None = None) -> Any:
        """Only where the slug can still be chosen."""
        return {} if obj else self.prepopulated_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        """With the number of public postings that ask for the term."""
        asking = (
            Posting.objects.published(now=timezone.now())
            .filter(requirements__skill=OuterRef("pk"))
            .order_by()
            .values("requirements__skill")
            .annotate(number=Count("pk", distinct=True))
            .values("number")
        )
        number = Coalesce(Subquery(asking, output_field=IntegerField()), 0)
        return super().get_queryset(request).annotate(asked_for_by=number)

    def get_ordering(self, request: HttpRequest) -> Any:
        """Proposals first: somebody waits for them."""
        return (Case(When(status=SkillStatus.PROPOSED, then=0), default=1), "name", "pk")

    def get_inlines(self, request: HttpRequest, obj: Skill | None) -> list[Any]:
        """The history only where there is one."""
        return [AliasInline, SkillEventInline] if obj else [AliasInline]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that counts uses."""
        return SkillList

    def get_urls(self) -> list[URLPattern]:
        """The page that merges stands before Django's own."""
        view = self.admin_site.admin_view(partial(merge_page, self))
        return [path("<int:pk>/merge/", view, name="profiles_skill_merge"), *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Skill | None = None) -> bool:
        """Not of a merged term: it is kept for its slug."""
        merged = obj is not None and obj.status == SkillStatus.MERGED
        return not merged and super().has_change_permission(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What names it is found by its names: those postings are indexed anew."""
        super().save_related(request, form, formsets, change)
        if change and (form.changed_data or any(one.has_changed() for one in formsets)):
            reindex_later(form.instance)

    @admin.display(description="used by")
    def used_by(self, skill: Skill) -> str:
        """How many of each kind of thing name it."""
        found = getattr(skill, "impact", None) or uses.impact([skill]).get(skill.pk, {})
        return uses.impact_words(found)

    @admin.display(description="links")
    def linked(self, skill: Skill) -> SafeString | str:
        """Where it is linked to ESCO and O*NET."""
        esco = (("ESCO", skill.esco_uri),) if skill.esco_uri else ()
        links = format_html_join(" ", '<a href="{1}" rel="noreferrer">{0}</a>', esco)
        onet = format_html("O*NET: {}", skill.onet) if skill.onet else ""
        return format_html("{} {}", links, onet) if links or onet else "–"

    @admin.display(description="merged into")
    def leads_to(self, skill: Skill) -> SafeString | str:
        """The term that took its place."""
        return link(skill.merged_into)

    @admin.display(description="merge")
    def merge_link(self, skill: Skill) -> SafeString | str:
        """The way to the page that makes it another name of a term."""
        if skill.status == SkillStatus.MERGED:
            return "–"
        url = reverse("admin:profiles_skill_merge", args=(skill.pk,))
        words = format_html('Merge<span class="visually-hidden"> {}</span>…', skill.name)
        return format_html('<a href="{}">{}</a>', url, words)

    @admin.display(description="public jobs that ask for it", ordering="asked_for_by")
    def asked_for(self, skill: Skill) -> int:
        """How many."""
        return int(getattr(skill, "asked_for_by", 0))

    def has_delete_permission(self, request: HttpRequest, obj: Skill | None = None) -> bool:
        """Never: contents name terms by their slug."""
        return False

    @admin.action(description="Approve proposals", permissions=["change"])
    def approve(self, request: HttpRequest, rows: QuerySet[Skill]) -> HttpResponse | None:
        """Asks, then approves."""
        return decide(self, request, rows, APPROVE)

    @admin.action(description="Reject proposals", permissions=["change"])
    def reject(self, request: HttpRequest, rows: QuerySet[Skill]) -> HttpResponse | None:
        """Asks, then rejects."""
        return decide(self, request, rows, REJECT)


@admin.register(SkillAlias)
class SkillAliasAdmin(AliasModelAdmin):
    form = AliasForm
    list_display = ("name", "skill", "language", "source")
    list_filter = ("language", "source")
    list_select_related = ("skill",)
    list_per_page = 50
    autocomplete_fields = ("skill",)
    search_fields = ("name", "normalized", "skill__name")
    ordering = ("name", "pk")
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: SkillAlias, form: Any, change: bool) -> None:
        """Postings of the term, and of the one that it led to before, are indexed anew."""
        before = SkillAlias.objects.filter(pk=obj.pk).values_list("skill", flat=True)
        for skill in Skill.objects.filter(pk__in={obj.skill_id, *before}):
            reindex_later(skill)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: SkillAlias) -> None:
        """Its term is not found by it any more."""
        reindex_later(obj.skill)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SkillAlias]) -> None:
        """The same for many."""
        for skill in Skill.objects.filter(aliases__in=queryset).distinct():
            reindex_later(skill)
        super().delete_queryset(request, queryset)
