"""Each step's page: a content goes in and comes out the same."""

from dataclasses import fields as fields_of
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from cscareers.core.salary import PayPeriod
from postings.completeness import Problem
from postings.content import (
    Benefit,
    ExtraPay,
    KpiOwned,
    Place,
    PostingContent,
    RequirementRow,
)
from postings.enums import (
    BenefitKind,
    Cefr,
    Channel,
    EducationLevel,
    ExtraPayKind,
    Importance,
    Kpi,
    RequirementKind,
    Schedule,
    Specialisation,
    WorkMode,
)
from postings.forms.page import StepPage
from postings.forms.steps import STEPS, find_step, next_step
from postings.reading import names_for
from profiles.enums import SkillKind, SkillStatus
from profiles.models import Skill
from tests.browserless import page_form
from tests.factories.places import COLUMBUS, MUNICH, reference_rows
from tests.factories.postings import asks, complete_content, pay

pytestmark = pytest.mark.django_db
K, MUST, NICE = RequirementKind, Importance.MUST, Importance.NICE

FULL = complete_content(
    specialisations=(Specialisation.BILLING, Specialisation.CLAIMS),
    mode=WorkMode.HYBRID,
    onsite_days=8,
    locations=(Place("US", COLUMBUS), Place("DE", MUNICH), Place("PL")),
    applicant_countries=("US", "PL"),
    applicant_subdivisions=("US-OH", "US-NY"),
    utc_offset_min=-480,
    utc_offset_max=330,
    visa_sponsorship=False,
    relocation=True,
    pay_bands=(
        pay(60_000, 75_000, zone=("US",)),
        pay("24.50", "31.25", "EUR", PayPeriod.HOUR, hours=38, zone=("DE",)),
        pay(9_000, 12_000, "PLN", PayPeriod.MONTH),
    ),
    extra_pay=(ExtraPay(ExtraPayKind.BONUS, "8% on CSAT"), ExtraPay(ExtraPayKind.BONUS, "More")),
    benefits=(Benefit(BenefitKind.LEAVE_DAYS, "25 days"), Benefit(BenefitKind.HEALTH)),
    responsibilities=("Lead.", "Plan.", "Settle."),
    team_size=12,
    channels=(Channel.PHONE, Channel.CHAT),
    kpis=(KpiOwned(Kpi.CSAT, "90%"), KpiOwned(Kpi.AHT)),
    schedule=(Schedule.EVENINGS, Schedule.SHIFTS),
    requirements=(
        asks("complaint-handling", 1, min_level=3, min_years=2),
        RequirementRow(id="r4", kind=K.TOOL, importance=NICE, skill="zendesk", any_of="a"),
        RequirementRow(
            id="x9", kind=K.CERTIFICATE, importance=NICE, skill="hdi-support-center-manager"
        ),
        RequirementRow(id="r2", kind=K.LANGUAGE, importance=MUST, language="es", min_cefr=Cefr.B2),
        RequirementRow(
            id="r3", kind=K.EDUCATION, importance=MUST, education=EducationLevel.ASSOCIATE,
            min_years=5, any_of="b",
        ),
        RequirementRow(
            id="r5", kind=K.EXPERIENCE, importance=MUST, name="Leading a team", min_years=0
        ),
    ),
    apply_until=date(2027, 1, 31),
    ai_used=True,
    ai_note="It sorts.",
    description="First line.\n\nSecond line.",
)  # fmt: skip

HERE = complete_content(apply_url="", reply_days=21, questions=("Why us?", "From when?"))


def no_proposal(name: str, kind: SkillKind) -> str:
    raise AssertionError(f"{name} was proposed")


@pytest.fixture(autouse=True)
def _rows() -> None:
    reference_rows()


def rendered(page: StepPage, key: str) -> dict[str, Any]:
    """What a browser would send of this page's fields."""
    html = "<form method=post>"
    for name, rows in page.rows.items():
        html += f'<input name="{name}-count" value="{len(rows)}">'
    for form in page.forms():
        html += "".join(str(bound) for bound in form)
    return page_form(html + "</form>").values


def query(values: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def send(key: str, **values: str) -> StepPage:
    step = find_step(key)
    assert step is not None
    return step.page.sent(query(values))


@pytest.mark.parametrize("key", [step.key for step in STEPS])
@pytest.mark.parametrize(
    "content", [FULL, complete_content(), HERE], ids=["full", "plain", "apply-here"]
)
def test_content_to_page_and_back(key: str, content: PostingContent) -> None:
    step = find_step(key)
    assert step is not None
    page = step.page.of(content, names_for([content]))
    sent = step.page.sent(query(rendered(page, key)))
    assert sent.is_valid(), [form.errors for form in sent.forms()]
    back = sent.apply(PostingContent(), no_proposal)
    for name in step.page.fields:
        assert getattr(back, name) == getattr(content, name), name


def test_every_field_stands_on_one_page() -> None:
    on_pages = [name for step in STEPS for name in step.page.fields]
    all_fields = {field.name for field in fields_of(PostingContent)} - {"guessed"}
    assert sorted(on_pages) == sorted(all_fields)


def test_saving_a_page_confirms_what_was_guessed_there() -> None:
    content = PostingContent(guessed=("level", "pay_bands"))
    page = send("about", title="Lead")
    assert page.is_valid()
    assert page.apply(content, no_proposal).guessed == ("pay_bands",)


def test_guesses_are_said_at_their_controls() -> None:
    content = complete_content()
    words = dict.fromkeys(("level", "pay_bands", "requirements", "team_size"), "Guessed")
    said = {}
    for key in ("about", "pay", "requirements"):
        step = find_step(key)
        assert step is not None
        page = step.page.of(content, names_for([content]))
        page.flag(words)
        said[key] = [
            form.add_prefix(name)
            for form in page.forms()
            for name, field in form.fields.items()
            if getattr(field, "flag", "") == "Guessed"
        ]
    assert said == {
        "about": ["level"],
        "pay": ["bands-0-minimum"],
        "requirements": ["requirements-0-importance"],
    }


def test_next_step_looks_on_and_comes_round() -> None:
    missing = [Problem("title", ""), Problem("pay_bands", "")]
    assert next_step(missing) is find_step("about")
    assert next_step(missing, find_step("about")) is find_step("pay")
    assert next_step(missing, find_step("pay")) is find_step("about")
    assert next_step([], find_step("pay")) is None


def test_problems_are_said_at_their_fields() -> None:
    page = send("pay", **{"bands-count": "1"})
    assert page.is_valid()
    page.show([Problem("pay_bands", "Enter the pay.")])
    assert page.rows["bands"][0].errors == {"minimum": ["Enter the pay."]}

    page = send("requirements")
    assert page.is_valid()
    page.show([Problem("requirements", "Add one.")])
    assert page.form.non_field_errors() == ["Add one."]

    page = send("closing")
    assert page.is_valid()
    page.show([Problem("apply_url", "Enter it.")])
    assert page.form.errors == {"where": ["Enter it."]}
    page = send("closing", where="elsewhere")
    assert page.is_valid()
    page.show([Problem("apply_url", "Say where.")])
    assert page.form.errors == {"apply_url": ["Enter the address where people apply."]}


# ---- pay ----


def band(**values: str) -> dict[str, str]:
    usual = {"minimum": "20", "maximum": "30", "currency": "USD", "period": "hour"}
    row = {f"bands-0-{name}": value for name, value in {**usual, **values}.items()}
    return {"bands-count": "1", **row}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"minimum": "0"}, "minimum"),
        ({"minimum": ""}, "minimum"),
        ({"minimum": "31"}, "maximum"),
        ({"maximum": ""}, "maximum"),
        ({"currency": "ZZZ"}, "currency"),
        ({"period": ""}, "period"),
        ({"hours_per_week": "0"}, "hours_per_week"),
        ({"hours_per_week": "81"}, "hours_per_week"),
        ({"hours_per_week": "NaN"}, "hours_per_week"),
        ({"zone": "Atlantis"}, "zone"),
    ],
)
def test_a_band_that_can_not_be_kept(values: dict[str, str], field: str) -> None:
    page = send("pay", **band(**values))
    assert not page.is_valid()
    assert list(page.rows["bands"][0].errors) == [field]


def test_extra_pay_and_benefits_say_what_they_are() -> None:
    page = send(
        "pay", **{"extras-count": "1", "extras-0-value": "5%", "benefits-count": "1",
                  "benefits-0-value": "25 days"},
    )  # fmt: skip
    assert not page.is_valid()
    assert page.rows["extras"][0].errors == {"kind": ["Choose bonus, commission or equity."]}
    assert page.rows["benefits"][0].errors == {"kind": ["Choose the benefit."]}


def test_limits_of_the_work_page() -> None:
    page = send(
        "work",
        **{
            "responsibilities-count": "1",
            "responsibilities-0-text": "x" * 301,
            "kpis-count": "1",
            "kpis-0-target": "90%",
            "team_size": "-1",
        },
    )
    assert not page.is_valid()
    assert list(page.rows["responsibilities"][0].errors) == ["text"]
    assert page.rows["kpis"][0].errors == {"kind": ["Choose the measure."]}
    assert list(page.form.errors) == ["team_size"]


def test_a_title_is_at_most_120_long_and_a_text_20_000() -> None:
    page = send("about", title="x" * 121, description="y" * 20_001)
    assert not page.is_valid()
    assert list(page.form.errors) == ["title", "description"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.test/x", "not an address"])
def test_only_web_addresses_to_apply(url: str) -> None:
    page = send("closing", apply_url=url)
    assert not page.is_valid()
    assert list(page.form.errors) == ["apply_url"]


def closing(**typed: str) -> tuple[str, int | None, tuple[str, ...]]:
    """What the closing page makes of the two ways to apply."""
    page = send("closing", **{"questions-count": "3", **typed})
    assert page.is_valid()
    said = page.apply(PostingContent(), no_proposal)
    return said.apply_url, said.reply_days, said.questions


def test_the_choice_decides_what_counts_and_an_address_alone_is_a_choice() -> None:
    typed = {"apply_url": "https://a.test/1", "reply_days": "7", "questions-1-text": " Why \n us? "}
    assert closing(**typed, where="here") == ("", 7, ("Why us?",))
    assert closing(**typed, where="elsewhere") == ("https://a.test/1", None, ("Why us?",))
    assert closing(**typed) == ("https://a.test/1", None, ("Why us?",))
    assert closing(where="here", reply_days="45", apply_url="not an address") == ("", 45, ())


def test_an_address_that_counts_no_more_is_said_word_for_word() -> None:
    page = send("closing", where="here", reply_days="7", apply_url="https://a.test/1")
    assert page.is_valid()
    assert page.dropped() == (
        "People apply here, so the address https://a.test/1 is no longer part of the job."
    )
    page = send("closing", where="elsewhere", apply_url="https://a.test/1")
    assert page.is_valid()
    assert page.dropped() == ""


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"where": "here"}, {"reply_days": ["Choose within how many days you answer everybody."]}),
        ({"where": "here", "reply_days": "8"}, {"reply_days": ["Choose 7, 14, 21 or 45 days."]}),
        ({"where": "nowhere"}, {"where": ["Choose where people apply."]}),
    ],
)
def test_a_promise_is_one_of_four(typed: dict[str, str], errors: dict[str, list[str]]) -> None:
    page = send("closing", **typed)
    assert not page.is_valid()
    assert page.form.errors == errors


def test_at_most_three_questions_each_at_most_200_long() -> None:
    page = send("closing", **{"questions-count": "9", "questions-0-text": "x" * 201})
    assert not page.is_valid()
    assert len(page.rows["questions"]) == 3
    assert list(page.rows["questions"][0].errors) == ["text"]


# ---- places and terms that are typed ----


def place(text: str, choice: str = "") -> StepPage:
    return send("place", **{"locations-count": "1", "locations-0-text": text,
                            "locations-0-choice": choice})  # fmt: skip


def test_a_place_that_is_clear_needs_no_choice() -> None:
    for text, expected in (("Munich", Place("DE", MUNICH)), ("Poland", Place("PL"))):
        page = place(text)
        assert page.is_valid()
        assert page.apply(PostingContent(), no_proposal).locations == (expected,)


def test_a_place_nobody_knows_says_how_to_write_it() -> None:
    page = place("Atlantis", "country:ZZ")
    assert not page.is_valid()
    assert "Dublin, Ireland" in page.rows["locations"][0].errors["text"][0]


def test_several_places_of_a_name_are_offered(second_columbus: int) -> None:
    page = place("Columbus")
    assert not page.is_valid()
    row = page.rows["locations"][0]
    assert "Choose one" in row.errors["choice"][0]
    offered = [str(option.data["value"]) for option in row["choice"].subwidgets]
    assert offered == [f"city:{COLUMBUS}", f"city:{second_columbus}"]

    for choice in (COLUMBUS, second_columbus):
        page = place("Columbus", f"city:{choice}")
        assert page.is_valid()
        found = page.apply(PostingContent(), no_proposal).locations
        assert found == (Place("US", choice),)
    assert not place("Columbus", f"city:{MUNICH}").is_valid()


@pytest.fixture
def second_columbus() -> int:
    from cscareers.core.models import City

    first = City.objects.get(pk=COLUMBUS)
    first.pk, first.region, first.population = 4188985, "Georgia", 200_000
    first.save(force_insert=True)
    return 4188985


def term(text: str, choice: str = "", kind: str = "tool") -> StepPage:
    return send("requirements", **{"requirements-count": "1", "requirements-0-kind": kind,
                                   "requirements-0-term": text,
                                   "requirements-0-choice": choice})  # fmt: skip


def test_a_term_is_found_by_name_and_alias() -> None:
    for text in ("zendesk", "Zendesk Support"):
        page = term(text)
        assert page.is_valid()
        row = page.apply(PostingContent(), no_proposal).requirements[0]
        assert (row.id, row.skill, row.importance) == ("r1", "zendesk", MUST)


def test_a_near_miss_is_offered_and_can_be_chosen() -> None:
    page = term("Zendesc")
    assert not page.is_valid()
    values = [str(o.data["value"]) for o in page.rows["requirements"][0]["choice"].subwidgets]
    assert values == ["zendesk", "propose"]
    assert term("Zendesc", "zendesk").is_valid()
    assert not term("Zendesc", "salesforce-service-cloud").is_valid()


def test_an_unknown_term_can_be_proposed_and_is_then_kept() -> None:
    asked: list[tuple[str, SkillKind]] = []

    def propose(name: str, kind: SkillKind) -> str:
        asked.append((name, kind))
        return "freshcaller"

    page = term("Freshcaller", "propose")
    assert page.is_valid()
    assert page.apply(PostingContent(), propose).requirements[0].skill == "freshcaller"
    assert asked == [("Freshcaller", SkillKind.TOOL)]

    skill = Skill.objects.create(
        slug="freshcaller", kind="tool", name="Freshcaller", normalized="freshcaller",
        status=SkillStatus.PROPOSED,
    )  # fmt: skip
    assert term("Freshcaller", "freshcaller").is_valid()
    skill.status = SkillStatus.REJECTED
    skill.save()
    assert not term("Freshcaller", "freshcaller").is_valid()
    page = term("Freshcaller", "propose")
    assert not page.is_valid()
    assert "don’t take" in page.rows["requirements"][0].errors["term"][0]
    assert not term("!!!", "propose").is_valid()


def test_experience_needs_its_years() -> None:
    page = send("requirements", **{"requirements-count": "1", "requirements-0-kind": "experience",
                                   "requirements-0-name": "Leading"})  # fmt: skip
    assert not page.is_valid()
    assert page.rows["requirements"][0].errors == {"min_years": ["Say how many years."]}


def test_new_rows_get_free_ids_and_others_keep_theirs() -> None:
    ids = {"0": "", "1": "r2", "2": "r2", "3": "", "4": "x1"}
    values = {"requirements-count": "5"}
    for index, row_id in ids.items():
        values |= {
            f"requirements-{index}-kind": "language",
            f"requirements-{index}-language": "es",
            f"requirements-{index}-id": row_id,
        }
    page = send("requirements", **values)
    assert page.is_valid()
    rows = page.apply(PostingContent(), no_proposal).requirements
    assert [row.id for row in rows] == ["r1", "r2", "r3", "r4", "x1"]
