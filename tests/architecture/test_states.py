"""State has one door in the code, and PostgreSQL keeps it shut for everybody else."""

import ast
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, connection, models, transaction

from postings.enums import PostingState, RevisionState
from postings.hiring.enums import ApplicationState
from postings.hiring.models import Application, ApplicationEvent
from postings.hiring.states import APPLICATION_MOVES
from postings.models import Posting, PostingEvent, PostingRevision
from postings.states import POSTING_MOVES, REVISION_MOVES, pairs
from profiles.models import AccountEvent, EmployerEvent, Skill, SkillEvent
from tests.architecture.code import call_name, named, product_files, tree
from tests.factories.applications import make_application
from tests.factories.people import make_employer, make_user
from tests.factories.places import reference_rows
from tests.factories.postings import complete_content, draft_posting, published_posting

DOORS = {"postings/actions/moves.py", "postings/hiring/actions/moves.py"}
WRITERS = {
    "update", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save",
    "Posting", "PostingRevision", "Application", "setattr",
}  # fmt: skip
NOW = datetime.now(UTC)


# --- the code -----------------------------------------------------------------------------


def _is_state(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "state"


def _writes_state(node: ast.AST) -> bool:
    """True for code that could give a row a state: an assignment to `.state`, a call that writes
    rows and names it, a dictionary with the key and a spread into such a call."""
    match node:
        case ast.Assign(targets=targets):
            return any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets)
        case ast.AugAssign(target=t) | ast.AnnAssign(target=t):
            return isinstance(t, ast.Attribute) and t.attr == "state"
        case ast.Call() if call_name(node) in WRITERS:
            named_so = any(k.arg == "state" for k in node.keywords)
            inside = [*node.args, *(k.value for k in node.keywords)]
            return named_so or any(_is_state(n) for part in inside for n in ast.walk(part))
    return False


def _spread_dictionaries(module: ast.Module) -> list[ast.Dict]:
    """Dictionaries with the key "state" in functions that write rows from a spread."""
    found = []
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        inside = list(ast.walk(function))
        spreads = any(
            isinstance(n, ast.Call)
            and call_name(n) in WRITERS
            and any(k.arg is None for k in n.keywords)
            for n in inside
        )
        if spreads:
            found += [n for n in inside if isinstance(n, ast.Dict) and any(map(_is_state, n.keys))]
    return found


def _raw_writes(module: ast.Module) -> list[ast.Constant]:
    texts = [
        n for n in ast.walk(module) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    tables = (
        "postings_posting ",
        "postings_posting\n",
        "postings_postingrevision ",
        "postings_application ",
    )
    return [
        n
        for n in texts
        if any(f"{verb} {table}" in f"{n.value} "
               for verb in ("UPDATE", "INSERT INTO") for table in tables)
    ]  # fmt: skip


def test_only_the_lifecycle_gives_a_state() -> None:
    found = set()
    for path in product_files():
        module = tree(path)
        writes = [n for n in ast.walk(module) if _writes_state(n)]
        writes += [*_spread_dictionaries(module), *_raw_writes(module)]
        if writes:
            found.add(named(path))
    assert found == DOORS


@pytest.mark.parametrize(
    "text",
    [
        "posting.state = 'published'",
        "Posting.objects.filter(pk=1).update(state='published')",
        "Posting.objects.create(state='published')",
        "Posting(state='published')",
        "setattr(posting, 'state', 'published')",
        "posting.save(update_fields=['state'])",
        "Posting.objects.bulk_update(rows, ['state'])",
        "Posting.objects.update_or_create(pk=1, defaults={'state': 'published'})",
    ],
)
def test_the_search_finds_each_way_to_give_a_state(text: str) -> None:
    assert any(_writes_state(node) for node in ast.walk(ast.parse(text)))


def test_the_search_finds_a_spread_and_a_raw_write() -> None:
    spread = "def f():\n    new = {'state': 'x'}\n    rows.update(**new)\n"
    assert len(_spread_dictionaries(ast.parse(spread))) == 1
    assert len(_raw_writes(ast.parse('run("UPDATE postings_posting SET state = 1")'))) == 1


# --- PostgreSQL ---------------------------------------------------------------------------


def put_into(row: models.Model, state: str) -> None:
    """Bring a row into a state with the triggers off."""
    with pgtrigger.ignore():
        type(row)._base_manager.filter(pk=row.pk).update(state=state)


def write(sql: str, values: list[Any]) -> bool:
    """Whether PostgreSQL lets this raw statement through."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as error:
        if "pgtrigger" not in str(error):
            raise
        return False
    return True


def goals_let_through(row: models.Model, source: str, states: type[StrEnum]) -> set[str]:
    """The states that a raw UPDATE may bring `row` to from `source`."""
    found = set()
    for goal in states:
        put_into(row, source)
        raw = f"UPDATE {row._meta.db_table} SET state = %s WHERE id = %s"  # noqa: S608
        if goal != source and write(raw, [goal, row.pk]):
            found.add(str(goal))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("source", PostingState)
def test_postgresql_lets_a_posting_make_the_listed_moves_only(source: PostingState) -> None:
    listed = {goal for start, goal in pairs(POSTING_MOVES) if start == source}
    assert goals_let_through(published_posting(), source, PostingState) == listed


@pytest.mark.django_db
@pytest.mark.parametrize("source", RevisionState)
def test_postgresql_lets_a_revision_make_the_listed_moves_only(source: RevisionState) -> None:
    listed = {goal for start, goal in pairs(REVISION_MOVES) if start == source}
    revision = draft_posting().revisions.get()
    assert goals_let_through(revision, source, RevisionState) == listed


@pytest.mark.django_db
@pytest.mark.parametrize("source", ApplicationState)
def test_postgresql_lets_an_application_make_the_listed_moves_only(
    source: ApplicationState,
) -> None:
    listed = {goal for start, goal in pairs(APPLICATION_MOVES) if start == source}
    sent = make_application()
    Application.objects.filter(pk=sent.pk).update(answered_at=sent.applied_at)
    assert goals_let_through(sent, source, ApplicationState) == listed


@pytest.mark.django_db
@pytest.mark.parametrize("state", PostingState)
def test_postings_are_born_as_drafts(state: PostingState) -> None:
    live = published_posting()

    def make() -> None:
        with transaction.atomic():
            Posting.objects.create(
                employer=live.employer,
                state=state,
                first_published_at=NOW,
                confirmed_at=NOW,
                closes_at=NOW,
                created_at=NOW,
                updated_at=NOW,
            )

    if state == PostingState.DRAFT:
        make()
        return
    with pytest.raises(DatabaseError, match="Cannot insert"):
        make()


@pytest.mark.django_db
@pytest.mark.parametrize("state", RevisionState)
def test_revisions_are_born_as_drafts(state: RevisionState) -> None:
    posting = published_posting()

    def make() -> None:
        with transaction.atomic():
            PostingRevision.objects.create(
                posting=posting, number=2, state=state, created_at=NOW, updated_at=NOW
            )

    if state == RevisionState.DRAFT:
        make()
        return
    with pytest.raises(DatabaseError, match="Cannot insert"):
        make()


@pytest.mark.django_db
@pytest.mark.parametrize("state", RevisionState)
def test_what_a_revision_says_is_settled_once_it_is_no_draft(state: RevisionState) -> None:
    revision = draft_posting().revisions.get()
    put_into(revision, state)
    other = complete_content(title="Another title").to_json()
    rows = PostingRevision.objects.filter(pk=revision.pk)
    if state == RevisionState.DRAFT:
        assert rows.update(content=other) == 1
        return
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(content=other)
    # What moderators write beside the content stays possible.
    assert rows.update(decision_note="Seen.") == 1


# --- events -------------------------------------------------------------------------------


def _event(model: type[models.Model]) -> models.Model:
    actor = make_user(name="Ada")
    common = {"actor": actor, "actor_label": "Ada", "verb": "suspend", "note": "Why.", "at": NOW}
    if model is PostingEvent:
        return PostingEvent.objects.create(posting=draft_posting(), **common)
    if model is ApplicationEvent:
        return ApplicationEvent.objects.create(application=make_application(), **common)
    if model is EmployerEvent:
        return EmployerEvent.objects.create(employer=make_employer(), **common)
    if model is SkillEvent:
        reference_rows()
        return SkillEvent.objects.create(skill=Skill.objects.get(slug="coaching"), **common)
    return AccountEvent.objects.create(subject=make_user(), **common)


EVENTS = (PostingEvent, ApplicationEvent, EmployerEvent, AccountEvent, SkillEvent)


@pytest.mark.django_db
@pytest.mark.parametrize("model", EVENTS)
def test_events_can_not_be_deleted(model: type[models.Model]) -> None:
    row = _event(model)
    assert not write(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608
    assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("model", EVENTS)
def test_nothing_in_an_event_can_change(model: type[models.Model]) -> None:
    row = _event(model)
    other = make_user()
    changes: dict[str, object] = {
        "verb": "approve",
        "from_state": "draft",
        "to_state": "published",
        "reasons": "{other}",
        "note": "",
        "details": '{"a": 1}',
        "at": datetime(2020, 1, 1, tzinfo=UTC),
        "actor_id": other.pk,
        "actor_label": "Somebody else",
    }
    columns = {field.column for field in model._meta.concrete_fields} - {"id"}
    kin = {
        "posting_id",
        "revision_id",
        "employer_id",
        "subject_id",
        "skill_id",
        "application_id",
    } & columns
    assert columns == set(changes) | kin
    for column, value in changes.items():
        raw = f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s"  # noqa: S608
        assert not write(raw, [value, row.pk]), column
    for column in kin:
        raw = f"UPDATE {model._meta.db_table} SET {column} = -1 WHERE id = %s"  # noqa: S608
        assert not write(raw, [row.pk]), column


@pytest.mark.django_db
@pytest.mark.parametrize("model", EVENTS)
def test_the_person_behind_an_event_can_be_forgotten(model: type[models.Model]) -> None:
    row = _event(model)
    blank = f"UPDATE {model._meta.db_table} SET actor_id = NULL, actor_label = '' WHERE id = %s"  # noqa: S608
    assert write(blank, [row.pk])
    row.refresh_from_db()
    assert (row.actor_id, row.actor_label, row.note) == (None, "", "Why.")
    # And nobody can be put in that place afterwards.
    raw = f"UPDATE {model._meta.db_table} SET actor_id = %s WHERE id = %s"  # noqa: S608
    assert not write(raw, [make_user().pk, row.pk])


@pytest.mark.django_db
def test_every_event_table_is_among_these() -> None:
    from django.apps import apps

    from cscareers.core.events import Event

    assert {m for m in apps.get_models() if issubclass(m, Event)} == set(EVENTS)
