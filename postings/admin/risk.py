"""The risk rules: what moderators may set, and the report on what the rules are worth."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from postings.actions import risk
from postings.admin.risk_report import report_on_rules
from postings.models import RiskRule
from postings.risk import limits
from profiles.admin.common import AnyAdmin

if TYPE_CHECKING:
    RuleForm = forms.ModelForm[RiskRule]
else:  # Django's own class takes no parameters at run time.
    RuleForm = forms.ModelForm


class RiskRuleForm(RuleForm):
    """Weight, limits and the switch; the names of the limits stand."""

    class Meta:
        model = RiskRule
        fields = ("enabled", "weight", "params")
        widgets = {"params": forms.Textarea(attrs={"rows": 10, "cols": 80})}
        help_texts = {
            "params": "Numbers, words and lists may change; the names on the left are fixed."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "params" in self.fields:  # the standing limits are read anew, not from a hidden copy
            self.fields["params"].show_hidden_initial = False

    def clean_params(self) -> dict[str, Any]:
        """The limits, when the rule can read them."""
        given = self.cleaned_data["params"] or {}
        standing = RiskRule.objects.values_list("params", flat=True).get(pk=self.instance.pk)
        if not limits.fits(standing, given):
            raise forms.ValidationError(
                "Keep the names and kinds of the limits: a number where a number was, a list of"
                " words where a list was."
            )
        return given


@admin.register(RiskRule)
class RiskRuleAdmin(AnyAdmin):
    form = RiskRuleForm
    list_display = ("name", "enabled", "weight", "description", "recall", "false_positives")
    list_filter = ("enabled",)
    ordering = ("-weight", "code")
    search_fields = ("name", "code")
    fields = ("name", "description", "enabled", "weight", "params", "figures")
    readonly_fields = ("name", "description", "figures")
    change_list_template = "admin/postings/riskrule/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a rule is code that looks, and comes with it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RiskRule | None = None) -> bool:
        """Never: a rule is turned off."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The report stands before the pages of single rules."""
        report = self.admin_site.admin_view(self.report)
        return [path("report/", report, name="postings_riskrule_report"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: rules are changed one by one."""
        return {}

    def save_model(self, request: HttpRequest, obj: RiskRule, form: Any, change: bool) -> None:
        """By the action, which has the queue ordered anew."""
        risk.change_rule(rule=obj, weight=obj.weight, params=obj.params, enabled=obj.enabled)

    @admin.display(description="frauds hit")
    def recall(self, rule: RiskRule) -> str:
        """Of the labelled frauds."""
        return share(rule.recall)

    @admin.display(description="honest ads hit")
    def false_positives(self, rule: RiskRule) -> str:
        """Of the labelled honest ads."""
        return share(rule.false_positive_rate)

    @admin.display(description="measured")
    def figures(self, rule: RiskRule) -> SafeString | str:
        """What it found on labelled ads."""
        if rule.measured_at is None:
            return "Not measured: the labelled ads do not say what it looks at."
        return format_html(
            "{} of {} frauds and {} of {} honest ads, {}",
            *(rule.fraud_hits, rule.fraud_total, rule.real_hits, rule.real_total),
            rule.measured_on,
        )

    def report(self, request: HttpRequest) -> HttpResponse:
        """What each rule is worth, how well the score parts frauds, and what hit here."""
        if not self.has_view_permission(request):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": "Risk rules: report",
            "opts": self.opts,
            "report": report_on_rules(),
            "rules_url": reverse("admin:postings_riskrule_changelist"),
        }
        return render(request, "admin/postings/riskrule/report.html", context)


def share(part: float | None) -> str:
    """A share as people read it; a dash where nothing was measured."""
    return "–" if part is None else f"{part:.1%}"
