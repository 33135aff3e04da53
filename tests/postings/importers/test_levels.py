"""Level by title: the public table, first hit."""

import csv

import pytest

from postings.enums import Level
from postings.importers.levels import level_of_title
from tests.shared_data import ROOT, needs


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("VP of Customer Experience", Level.VP),
        ("Vice President, Support", Level.VP),
        ("Vice President to Director", Level.VP),
        ("Director of Support", Level.DIRECTOR),
        ("Head of Customer Success", Level.DIRECTOR),
        ("Managing Director", Level.DIRECTOR),
        ("Senior Customer Service Manager", Level.SENIOR_MANAGER),
        ("SENIOR  MANAGER", Level.SENIOR_MANAGER),
        ("Manager, Senior Care", Level.MANAGER),
        ("Customer Service Manager", Level.MANAGER),
        ("Account Manager", Level.MANAGER),
        ("Support Team Lead", Level.SUPERVISOR),
        ("Call Centre Supervisor", Level.SUPERVISOR),
        ("Lead Specialist", Level.SUPERVISOR),
        ("Senior Support Agent", Level.SPECIALIST),
        ("Support Specialist", Level.SPECIALIST),
        ("Service coordinator", Level.SPECIALIST),
        ("QA Analyst", Level.SPECIALIST),
        ("Customer Service Representative", Level.REPRESENTATIVE),
        ("Call Center Agent", Level.REPRESENTATIVE),
        ("Sales Associate", Level.REPRESENTATIVE),
        ("Clerk", Level.REPRESENTATIVE),
        ("Customer Advisor", Level.REPRESENTATIVE),
        ("Call Centre Team Leader", Level.SUPERVISOR),
        ("Hiring Team Leaders", Level.SUPERVISOR),
        ("Leader of Managers", Level.MANAGER),
        ("Mgr, Customer Success", Level.MANAGER),
        ("Sr Mgr, Care", Level.SENIOR_MANAGER),
        ("Sr. Manager, Care", Level.MANAGER),  # the public table decides, and knows no "Sr."
        ("Team Leader and Agent", Level.REPRESENTATIVE),  # the table as written comes first
        ("Customer Service Advisers", Level.REPRESENTATIVE),
        ("Management Trainee", None),
        ("Leadership coach", None),
        ("SVP", None),
        ("Directorate engineer", None),
        ("Headhunter", None),
        ("", None),
    ],
)
def test_the_first_row_that_fits_wins(title: str, level: Level | None) -> None:
    assert level_of_title(title) is level


@needs("text/csm_titles.csv")
def test_real_titles_of_customer_service_leaders_nearly_all_have_a_level() -> None:
    with (ROOT / "text/csm_titles.csv").open(encoding="utf-8") as lines:
        titles = [row["title"] for row in csv.DictReader(lines)]
    without = [title for title in titles if level_of_title(title) is None]
    assert len(without) <= len(titles) // 20
