"""The taxonomy: terms with their aliases, how often postings ask for them, and proposals."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from postings.models import Posting
from profiles.actions import skill_review
from profiles.admin.common import Decision, decide
from profiles.models import Skill, SkillAlias, User
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
    skill_review.approve(skill=skill)


def _reject(skill: Skill, actor: User, note: str, now: datetime) -> None:
    skill_review.reject(skill=skill)


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


class AliasInline(AliasStackedInline):
    model = SkillAlias
    form = AliasForm
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[SkillAlias]:
        """In the order of the alphabet."""
        return super().get_queryset(request).order_by("name", "pk")


@admin.register(Skill)
class SkillAdmin(SkillModelAdmin):
    form = SkillForm
    list_display = ("name", "kind", "status", "category", "asked_for", "proposed_by")
    list_filter = ("status", "kind")
    list_select_related = ("proposed_by",)
    list_per_page = 50
    search_fields = ("name", "normalized", "aliases__normalized")
    ordering = ("name", "pk")
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    inlines = (AliasInline,)
    actions = ("approve", "reject")
    readonly_fields = ("status", "proposed_by", "normalized", "created_at")
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
