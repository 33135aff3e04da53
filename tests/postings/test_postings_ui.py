"""The drawn components: what a reader and a screen reader get of a posting, strictly rendered."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template

from postings.presentation import (
    Chip,
    Fact,
    FilterGroup,
    PostingCard,
    RequirementLine,
    filter_options,
    level_steps,
    pay_scales,
)

AT = datetime(2026, 11, 12, 10, tzinfo=UTC)
FULL: dict[str, Any] = {
    "title": "Manager <b>",
    "url": "/jobs/manager-1/",
    "employer_name": "Harrow & Vale",
    "verified": "email",
    "verified_on": date(2026, 3, 4),
    "place": "Columbus, Ohio",
    "mode": "Remote",
    "window": "UTC−8 to UTC−5",
    "level": "manager",
    "level_label": "Manager",
    "level_step": 4,
    "pay": "$31.50–36.00",
    "period": "an hour",
    "annual_note": "$65,520–74,880 a year at 40 hours, 52 weeks",
    "currency": "USD",
    "annual_min": 65_520,
    "annual_max": 74_880,
    "must_haves": ("Escalations, level 3",),
    "more_asks": 5,
    "published_at": AT,
    "confirmed_at": AT,
    "closes_on": AT.date(),
    "is_new": True,
    "closes_in_days": 2,
}
BARE: dict[str, Any] = {
    "title": "Untitled",
    "url": "/jobs/untitled-2/",
    "employer_name": "Alder Hotels",
    "place": "",
    "mode": "",
    "level": "vp",
    "level_label": "VP",
    "level_step": 7,
    "pay": "",
    "period": "",
    "currency": "EUR",
}


def drawn(source: str, **values: Any) -> str:
    return Template("{% load postings_ui %}" + source).render(Context(values))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_full_card_says_all_and_links_once() -> None:
    card = PostingCard(**FULL)
    html = drawn(
        "{% posting_card card scales %}", card=card, scales=pay_scales([card], symbols={"USD": "$"})
    )
    assert words(html) == (
        "Manager &lt;b&gt; New Closes in 2 days Harrow &amp; Vale verified "
        "Columbus, Ohio Remote UTC−8 to UTC−5 $31.50–36.00 an hour "
        "$65,520–74,880 a year at 40 hours, 52 weeks Manager , level 4 of 7 "
        "Escalations, level 3 and 5 more "
        "Published 12 Nov 2026 Confirmed open 12 Nov 2026 Closes 12 Nov 2026"
    )
    assert html.count("<a ") == 1
    assert 'aria-label="$65,520–74,880 a year at 40 hours, 52 weeks"' in html
    assert "style=" not in html


def test_a_bare_card_draws_no_holes() -> None:
    html = drawn("{% posting_card card None %}", card=PostingCard(**BARE))
    assert words(html) == "Untitled Alder Hotels not verified yet No pay yet VP , level 7 of 7"
    assert 'class="band"' not in html


def test_a_slim_card_leaves_asks_and_dates_out() -> None:
    html = drawn("{% posting_card card None slim=True heading=2 %}", card=PostingCard(**FULL))
    assert "<h2 " in html
    assert "Escalations" not in html
    assert "Published" not in html


def test_another_currency_is_drawn_apart_and_says_so() -> None:
    dollars = PostingCard(**FULL)
    euros = PostingCard(**(FULL | {"currency": "EUR", "annual_note": "", "pay": "€62,000"}))
    html = drawn(
        "{% posting_card card scales %}", card=euros, scales=pay_scales([dollars, dollars, euros])
    )
    assert "bar--own" in html
    assert "Drawn on its own EUR scale, not converted" in html


def test_the_axis_prints_its_scale_once() -> None:
    scales = pay_scales([PostingCard(**FULL)], symbols={"USD": "$"}, median_text="$71,000")
    html = drawn("{% pay_axis scales.main %}", scales=scales)
    assert words(html).startswith("band median, $71,000 $65k")
    assert drawn("{% pay_axis None %}").strip() == ""


@pytest.mark.parametrize(("url", "buttons"), [("https://x.example/apply", 1), ("", 0)])
def test_the_facts_panel_has_a_button_only_with_an_address(url: str, buttons: int) -> None:
    rows = [
        Fact("Level", "Manager, 4 of 7"),
        Fact("Closes", "10 Dec 2026", "Moved once", date(2026, 12, 10), "#history"),
    ]
    html = drawn(
        "{% facts_panel card rows apply_url=url extra_pay=extra %}",
        card=PostingCard(**FULL),
        rows=rows,
        url=url,
        extra=["Bonus: 8%"],
    )
    assert html.count('class="btn') == buttons
    assert '<time datetime="2026-12-10">10 Dec 2026</time>' in html
    assert '<a href="#history">Moved once</a>' in html
    assert "Bonus: 8%" in html


def test_requirements_show_alternatives_below_the_first_choice() -> None:
    rows = [RequirementLine("Bachelor’s degree", "Must have", "", ("Associate degree",))]
    assert words(drawn("{% requirement_table rows %}", rows=rows)).endswith(
        "Bachelor’s degree or Associate degree Must have"
    )


def test_the_rail_marks_the_level_for_screen_readers() -> None:
    html = drawn("{% level_rail steps %}", steps=level_steps(["Low", "High"], 2))
    assert html.count('aria-current="step"') == 1


def test_a_filter_group_ties_each_box_to_its_label() -> None:
    group = FilterGroup(
        "level", "Level", filter_options([("a", "A", 3), ("b", "B", 0)], ["a"]), hint="Any of."
    )
    html = drawn("{% filter_group group %}", group=group)
    assert 'id="level-a" name="level" value="a" checked' in html
    assert '<label for="level-b">B</label>' in html
    assert words(html) == "Level Level Any of. A 3 B 0"


def test_chips_name_what_they_take_off() -> None:
    html = drawn("{% chips active '/jobs/' %}", active=[Chip("Manager", "/jobs/?q=x")])
    assert words(html) == "Remove Manager Clear all"
    assert drawn("{% chips active '/jobs/' %}", active=[]).strip() == ""


def test_the_dock_repeats_pay_and_the_way_to_apply() -> None:
    html = drawn("{% apply_dock card '/go/' %}", card=PostingCard(**FULL))
    assert words(html) == "$31.50–36.00 an hour Closes 12 Nov 2026 Apply"
