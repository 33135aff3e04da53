"""What each parameter means, and the orders with their pages."""

import pytest

from postings.search.query import search
from tests.postings.search.board_world import NOW, SORTS, found, titles

MEANINGS = (
    ("q=kundenservice", {"Kundenservice Leitung"}),
    ("q=betreuen", {"Kundenservice Leitung"}),
    ('q="support lead"', {"Remote support lead"}),
    ("q=workforce+-planner", set()),
    ("q=planner+or+guest", {"Workforce planner", "Guest service supervisor"}),
    ("q=munchen", {"Kundenservice Leitung"}),
    ("q=quiet+street+planner", {"Workforce planner"}),
    ("q=call+center+agents", {"Call centre agent"}),
    ("q=call+center+agents&exact=1", set()),
    ("level=director&mode=onsite", {"Customer Support Director"}),
    ("country=PL", {"Customer care specialist", "Workforce planner"}),
    ("city=2964574", {"Customer care specialist"}),
    ("remote_from=DE", {"Remote support lead", "Head of support, anywhere"}),
    ("remote_from=US", {"Head of support, anywhere"}),
    (
        "remote_from=IE&country=PL",
        {"Remote support lead", "Customer care specialist", "Workforce planner"},
    ),
    ("country=IE&city=756135", {"Customer care specialist"}),
    (
        "pay_min=110000&currency=USD",
        {"Customer Support Director", "Head of support, anywhere"},
    ),
    ("pay_min=150001&currency=USD", set()),
    ("pay_min=22&currency=USD&pay_period=hour&level=representative", {"Call centre agent"}),
    ("pay_min=45760&currency=USD&level=representative", {"Call centre agent"}),
    ("pay_min=45761&currency=USD&level=representative", set()),
    ("pay_min=5100&currency=EUR&pay_period=month", {"Kundenservice Leitung"}),
    (
        "pay_min=88000&currency=EUR&convert=1",
        {"Customer Support Director", "Head of support, anywhere"},
    ),
    ("pay_min=36000&currency=EUR&convert=1&country=PL", {
        "Customer care specialist", "Workforce planner",
    }),
    ("skill=zendesk&skill=coaching", {"Remote support lead"}),
    ("language=en", {"Kundenservice Leitung"}),
    ("employment=TEMPORARY&employment=INTERN", {"Call centre agent"}),
    ("specialisation=workforce-management", {"Workforce planner"}),
    ("schedule=weekends&schedule=shifts", {"Call centre agent", "Workforce planner"}),
    ("benefit=health&benefit=meals", {"Customer care specialist"}),
    ("industry=hospitality", {"Guest service supervisor"}),
    ("visa=1", {"Customer Support Director"}),
    ("employer=quiet&level=manager", {"Customer Service Manager"}),
    ("verified=1&level=manager", {"Kundenservice Leitung"}),
    ("replies_min=94&level=manager", {"Kundenservice Leitung"}),
    ("replies_min=95", set()),
    ("posted_days=2", {"Customer Service Manager", "Customer Support Director"}),
    (
        "utc_offset=2&mode=remote",
        {"Remote support lead"},
    ),
    ("utc_offset=-8&mode=remote", {"Head of support, anywhere"}),
    ("education_max=associate&level=director", {"Head of support, anywhere"}),
    ("years_max=4&level=specialist", {"Customer care specialist"}),
)  # fmt: skip


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(("query", "expected"), MEANINGS)
def test_what_a_parameter_means(query, expected):
    assert set(titles(query)) == expected


@pytest.mark.usefixtures("board")
def test_other_currencies_are_counted_apart():
    page = found("pay_min=40000&currency=USD&mode=hybrid")
    assert (page.count, page.tally.other_currencies) == (2, 3)
    assert found("pay_min=40000&currency=USD&mode=hybrid&convert=1").tally.other_currencies == 0
    assert found("currency=USD").tally.other_currencies == 0


@pytest.mark.usefixtures("board")
def test_orders():
    assert titles("sort=newest")[:2] == ["Customer Service Manager", "Customer Support Director"]
    assert titles("q=customer+service+manager")[0] == "Customer Service Manager"
    assert titles("sort=closing")[-1] == "Customer Service Manager"
    euros = titles("sort=pay&currency=EUR")
    assert euros[:3] == ["Kundenservice Leitung", "Remote support lead", "Customer care specialist"]
    assert euros[3:5] == ["Customer Support Director", "Head of support, anywhere"]
    by_rate = found("sort=pay")
    assert [p.title for p in by_rate.postings][:3] == [
        "Customer Support Director",
        "Head of support, anywhere",
        "Kundenservice Leitung",
    ]
    assert by_rate.rates_day is not None
    assert found("sort=newest").rates_day is None


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("query", SORTS)
@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_walk_meets_every_posting_once(query, size):
    whole = [p.public_id for p in found(f"{query}&page_size=50").postings]
    params = found(f"{query}&page_size={size}").params
    walked = []
    while params is not None:
        page = search(params, now=NOW)
        assert page.count == len(whole)
        walked += [p.public_id for p in page.postings]
        params = page.next_params
    assert walked == whole
    assert len(set(walked)) == len(walked)
