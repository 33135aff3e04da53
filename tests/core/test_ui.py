"""The tags of the design system: fields tied to their words, summaries, dates, notices."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.contrib.messages import SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.test import RequestFactory

from cscareers.core.form_parts import SummaryError, summary_errors


class PayForm(forms.Form):
    """One field of each kind that the tag treats in its own way."""

    title = forms.CharField(
        label="Job title",
        help_text="As people search for it.",
        widget=forms.TextInput(attrs={"placeholder": "Title", "autocomplete": "off"}),
    )
    low = forms.DecimalField(label="Lowest pay", required=False)
    period = forms.ChoiceField(
        label="The pay is for",
        choices=[("year", "A year"), ("hour", "An hour")],
        widget=forms.RadioSelect,
    )
    currency = forms.ChoiceField(label="Currency", choices=[("USD", "US dollar")])
    real = forms.BooleanField(label="The vacancy exists")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(source: str, **values: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


def test_a_field_has_its_label_hint_and_control_tied_together() -> None:
    html = drawn("{% field form.title size=28 %}", form=PayForm())
    assert '<label class="lab" for="id_title">Job title</label>' in html
    assert '<div class="hint" id="id_title_hint">As people search for it.</div>' in html
    assert 'aria-describedby="id_title_hint"' in html
    assert 'class="inp inp--28"' in html
    assert 'autocomplete="off"' in html


def test_what_a_page_says_of_an_answer_is_tied_to_its_control() -> None:
    form = PayForm()
    for name in ("title", "period"):
        form.fields[name].flag = "Guessed: check it"
    html = drawn("{% field form.title %}", form=form)
    assert 'aria-describedby="id_title_hint id_title_flag"' in html
    assert html.count("Guessed: check it") == html.count('id="id_title_flag"') == 1
    assert 'aria-describedby="id_period_flag"' in drawn("{% field form.period %}", form=form)


def test_a_placeholder_is_never_shown() -> None:
    assert "placeholder" not in drawn("{% field form.title %}", form=PayForm())


def test_an_error_stands_at_the_field_and_is_announced() -> None:
    html = drawn("{% field form.title %}", form=PayForm({}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_hint id_title_error"' in html
    assert "Fill in “Job title”" in html


def test_a_number_box_keeps_what_was_typed() -> None:
    html = drawn("{% field form.low %}", form=PayForm({"low": "about 70k"}))
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert 'value="about 70k"' in html


def test_optional_fields_say_so_unless_told_otherwise() -> None:
    assert "(optional)" in drawn("{% field form.low %}", form=PayForm())
    assert "(optional)" not in drawn("{% field form.low mark_optional=False %}", form=PayForm())
    assert "(optional)" not in drawn("{% field form.title %}", form=PayForm())


def test_choices_are_a_fieldset_with_a_legend_and_hints() -> None:
    html = drawn(
        "{% field form.period hints=hints %}", form=PayForm(), hints={"hour": "At your hours."}
    )
    assert html.count("<fieldset") == 1
    assert '<legend class="lab">The pay is for</legend>' in html
    assert '<label for="id_period_1">An hour<span class="hint">At your hours.</span>' in html


def test_the_summary_links_to_each_field_by_a_reachable_id() -> None:
    form = PayForm({"low": "x"})
    form.add_error(None, "Two things don’t fit.")
    assert summary_errors(form) == [
        SummaryError("", "Two things don’t fit."),
        SummaryError("id_title", "Fill in “Job title”"),
        SummaryError("id_low", "Lowest pay: enter a number."),
        SummaryError("id_period_0", "Choose an answer for “The pay is for”"),
        SummaryError("id_currency", "Choose an answer for “Currency”"),
        SummaryError("id_real", "Tick “The vacancy exists”"),
    ]
    html = drawn("{% error_summary form %}{% fields form %}", form=form)
    assert "There are 6 problems" in html
    for error in summary_errors(form):
        if error.target:
            assert html.count(f'id="{error.target}"') == 1


def test_what_two_rules_say_alike_is_said_once() -> None:
    form = PayForm({"low": "7000"})
    for _ in range(2):
        form.add_error("low", "Write the pay in thousands.")
    form.add_error("low", "It is above the highest.")
    said = [error.text for error in summary_errors(form) if error.target == "id_low"]
    assert said == ["Write the pay in thousands.", "It is above the highest."]
    assert drawn("{% field form.low %}", form=form).count("in thousands") == 1


def test_an_untouched_form_has_no_summary() -> None:
    assert drawn("{% error_summary form %}", form=PayForm()).strip() == ""


def test_formsets_are_summed_up_row_by_row() -> None:
    rows = forms.formset_factory(PayForm, extra=1)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-low": "x"}
    targets = [error.target for error in summary_errors([rows(data)])]
    assert targets == [
        "id_form-0-title",
        "id_form-0-low",
        "id_form-0-period_0",
        "id_form-0-currency",
        "id_form-0-real",
    ]


@pytest.mark.parametrize(("data", "prefix"), [({}, "Error: "), (None, "")])
def test_the_title_says_when_a_form_came_back(data: dict[str, str] | None, prefix: str) -> None:
    assert drawn("{% title_prefix %}", form=PayForm(data)) == prefix


def test_words_of_a_reader_are_escaped() -> None:
    html = drawn('{% notice text "warn" %}', text="<script>")
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (None, ""),
        (date(2026, 11, 5), '<time datetime="2026-11-05">5 Nov 2026</time>'),
        (
            datetime(2026, 11, 21, 14, 5, tzinfo=UTC),
            '<time datetime="2026-11-21T14:05+00:00">21 Nov 2026</time>',
        ),
    ],
)
def test_days_are_written_in_full(value: date | None, html: str) -> None:
    assert drawn("{{ value|day }}", value=value) == html


def test_a_page_says_what_is_alike_once_and_escapes_it() -> None:
    said = [
        Message(SUCCESS, "Ann <b>Lee</b>: saved."),
        Message(WARNING, "Ben was not moved."),
        Message(SUCCESS, "Ann <b>Lee</b>: saved."),
        Message(WARNING, "Ann <b>Lee</b>: saved."),
    ]
    html = drawn("{% page_messages %}", messages=said)
    assert re.findall("note--(\\w+)", html) == ["good", "warn", "warn"]
    assert re.findall("<p>(.*?)</p>", html) == [
        "Ann &lt;b&gt;Lee&lt;/b&gt;: saved.",
        "Ben was not moved.",
        "Ann &lt;b&gt;Lee&lt;/b&gt;: saved.",
    ]
    assert drawn("{% page_messages %}", messages=[]).strip() == ""


def test_a_moment_has_its_time() -> None:
    at = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
    expected = '<time datetime="2026-11-21T14:05+00:00">21 Nov 2026, 14:05</time>'
    assert drawn("{{ at|day_time }}", at=at) == expected


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/jobs/", ' aria-current="page"'),
        ("/jobs/1/", ' aria-current="true"'),
        ("/hire/", ""),
    ],
)
def test_navigation_marks_where_one_is(path: str, mark: str) -> None:
    request = RequestFactory().get(path)
    assert drawn('{% current_if "/jobs/" %}', request=request) == mark
    alone = "" if path == "/jobs/1/" else mark
    assert drawn('{% current_if "/jobs/" exact=True %}', request=request) == alone


def test_pagination_without_pages_is_nothing() -> None:
    assert drawn("{% pagination %}").strip() == ""


def test_a_breadcrumb_without_address_is_the_page_itself() -> None:
    html = drawn('{% breadcrumb "Jobs" "/jobs/" "Manager" %}')
    assert '<a href="/jobs/">Jobs</a>' in html
    assert '<span aria-current="page">Manager</span>' in html
