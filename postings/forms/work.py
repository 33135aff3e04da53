"""The step "The work": what the person does, with whom, when, and how it is measured."""

from typing import Any

from django import forms

from cscareers.core.form_fields import whole_number
from postings.content import KpiOwned, PostingContent
from postings.enums import Channel, Kpi, Schedule
from postings.forms.fields import one_of, ordered, some_of
from postings.forms.page import Propose, StepPage, TextField
from postings.forms.rows import RowForm, RowList, Typed
from postings.reading import Names

MAX_RESPONSIBILITIES = 20
MAX_RESPONSIBILITY = 300


class ResponsibilityRow(RowForm):
    blank_when = ("text",)
    text = forms.CharField(
        label="Responsibility",
        max_length=MAX_RESPONSIBILITY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_text(self) -> str:
        return " ".join(str(self.cleaned_data["text"]).split())


class KpiRow(RowForm):
    blank_when = ("kind", "target")
    kind = one_of(Kpi, label="Measure")
    target = forms.CharField(label="Target", max_length=120, required=False)

    def clean_kind(self) -> Kpi:
        kind: Kpi | None = self.cleaned_data["kind"]
        if kind is None:
            raise forms.ValidationError("Choose the measure.", code="choose")
        return kind


class WorkForm(forms.Form):
    team_size = whole_number(
        most=100_000,
        words="This is not a number of people.",
        label="People the person leads",
        help_text="0 or empty when they lead nobody.",
    )
    channels = some_of(Channel, label="Channels")
    schedule = some_of(Schedule, label="Working hours")


class WorkPage(StepPage):
    fields = ("responsibilities", "team_size", "channels", "kpis", "schedule")
    main = WorkForm
    texts = (
        TextField("responsibilities", "text", "responsibilities"),
        TextField("kpis", "target", "kpis"),
    )
    lists = (
        RowList(
            "responsibilities", ResponsibilityRow, most=MAX_RESPONSIBILITIES, shown=3, key="text"
        ),
        RowList("kpis", KpiRow, most=len(Kpi)),
    )

    @classmethod
    def written(cls, content: PostingContent, names: Names) -> Typed:
        return {
            "responsibilities": [{"text": text} for text in content.responsibilities],
            "team_size": content.team_size,
            "channels": content.channels,
            "kpis": [{"kind": kpi.kind, "target": kpi.target} for kpi in content.kpis],
            "schedule": content.schedule,
        }

    def answers(self, content: PostingContent, propose: Propose) -> dict[str, Any]:
        typed = self.form.cleaned_data
        return {
            "responsibilities": tuple(
                row.cleaned_data["text"] for row in self.filled("responsibilities")
            ),
            "team_size": typed["team_size"] or None,
            "channels": ordered(Channel, typed["channels"]),
            "kpis": tuple(
                KpiOwned(row.cleaned_data["kind"], row.cleaned_data["target"])
                for row in self.filled("kpis")
            ),
            "schedule": ordered(Schedule, typed["schedule"]),
        }
