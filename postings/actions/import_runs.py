"""Imports through the pages: looked at first, then confirmed, then perhaps undone.

A run's lines are kept until they are imported. Each stage is carried out in batches: a small run
within the request, a large one by the worker; whoever is killed in between, the next goes on.
"""

import hashlib
import zlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet

from cscareers.core import tasks, throttling
from postings.actions import lifecycle
from postings.actions.import_lines import rows_for
from postings.actions.imports import RunOrders, import_lines
from postings.actions.postings import save_draft
from postings.content import PostingContent
from postings.enums import ImportStage, LineOutcome, PostingState, RevisionState
from postings.importers.schema_org import PostingDraft, read_line
from postings.importers.uploads import SourceLine
from postings.models import ImportedLine, ImportRun, Posting, PostingRevision
from profiles.models import Employer, User
from profiles.taxonomy.vocabulary import current_vocabulary

IN_REQUEST: Final = 200
BYTES_IN_REQUEST: Final = 1024 * 1024
"""A run of more lines or bytes is left to the worker."""
BATCH: Final = 100
KEPT_FOR: Final = timedelta(hours=24)
STUCK_AFTER: Final = timedelta(hours=1)
UPLOADS_PER_HOUR: Final = throttling.Limit("import-upload", hits=30, per=timedelta(hours=1))
_FIGURES: Final = dict.fromkeys(("done", "created", "updated", "unchanged", "refused"), 0)
_UNDO_STATES: Final = (PostingState.DRAFT, PostingState.PUBLISHED, PostingState.PAUSED)


class NotNow(Exception):
    """The run is at another stage than this starts from."""


@transaction.atomic
def begin(
    *,
    employer: Employer,
    actor: User,
    now: datetime,
    lines: Sequence[SourceLine],
    data: bytes,
    file_name: str = "",
    guesses: Sequence[str] = (),
) -> ImportRun:
    """A new run of the `lines` of `data`, to be looked at; nothing is imported yet."""
    run = ImportRun.objects.create(
        employer=employer,
        actor=actor,
        created_at=now,
        touched_at=now,
        file_name=file_name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        packed=_pack(lines),
        guesses=list(guesses),
        total=len(lines),
    )
    _start(run, now=now)
    return run


@transaction.atomic
def confirm(*, run: ImportRun, actor: User, now: datetime) -> None:
    """Import the lines of a run that was looked at, as drafts. Raises NotNow."""
    _move(
        run,
        (ImportStage.PREVIEWED,),
        {
            **_FIGURES,
            "stage": ImportStage.IMPORTING,
            "confirmed_by": actor,
            "confirmed_at": now,
            "touched_at": now,
        },
    )
    _start(run, now=now)


@transaction.atomic
def drop(*, run: ImportRun, now: datetime) -> None:
    """Throw away what was uploaded and not imported. Raises NotNow."""
    waiting = (ImportStage.CHECKING, ImportStage.PREVIEWED)
    _move(run, waiting, {"stage": ImportStage.DROPPED, "packed": None, "touched_at": now})
    run.lines.all().delete()


@transaction.atomic
def undo(*, run: ImportRun, actor: User, now: datetime) -> None:
    """Take back what a run wrote, but for what somebody has changed since. Raises NotNow."""
    changes = run.created + run.updated
    _move(
        run,
        (ImportStage.CONFIRMED,),
        {
            "stage": ImportStage.UNDOING,
            "undone_by": actor,
            "undone_at": now,
            "touched_at": now,
            "done": run.total - changes,
        },
    )
    _start(run, now=now)


def sweep(*, now: datetime) -> int:
    """Drop what nobody confirmed for a day, and go on with what got stuck; runs concerned."""
    waiting = ImportRun.objects.filter(
        stage__in=(ImportStage.CHECKING, ImportStage.PREVIEWED), created_at__lt=now - KEPT_FOR
    )
    concerned = 0
    for run in waiting.order_by("pk").defer("packed"):
        try:
            drop(run=run, now=now)
        except NotNow:
            continue
        concerned += 1
    stuck = ImportRun.objects.filter(
        stage__in=(ImportStage.CHECKING, ImportStage.IMPORTING, ImportStage.UNDOING),
        touched_at__lt=now - STUCK_AFTER,
    )
    for pk in stuck.order_by("pk").values_list("pk", flat=True):
        concerned += _leave_to_worker(pk)
    return concerned


def carry_out(*, run_id: int, now: datetime) -> None:
    """Deal with all the lines that the present stage of a run has left; none when it has ended."""
    people = ("actor", "confirmed_by", "undone_by")
    run = ImportRun.objects.select_related("employer", *people).get(pk=run_id)
    if run.stage == ImportStage.UNDOING:
        while _take_back_batch(run, now=now):
            pass
        return
    if not run.is_busy or run.packed is None:
        return
    lines = _unpack(bytes(run.packed))
    orders = _orders(run, lines[: run.done], now=now)
    while _import_batch(run, lines, orders, now=now):
        pass


def can_be_taken_back(run: ImportRun) -> "QuerySet[ImportedLine]":
    """The lines whose drafts still say what the import wrote."""
    return _changes(run).filter(
        revision__state=RevisionState.DRAFT,
        revision__version=F("version"),
        posting__state__in=_UNDO_STATES,
    )


def must_stay(run: ImportRun) -> "QuerySet[ImportedLine]":
    """The lines whose drafts somebody has changed, handed in or discarded since."""
    return _changes(run).exclude(pk__in=can_be_taken_back(run).values("pk"))


# --- Stages -------------------------------------------------------------------------------------


def _start(run: ImportRun, *, now: datetime) -> None:
    if run.total > IN_REQUEST or run.size > BYTES_IN_REQUEST:
        _leave_to_worker(run.pk)
        return
    carry_out(run_id=run.pk, now=now)
    run.refresh_from_db()


def _leave_to_worker(pk: int) -> bool:
    return tasks.enqueue("postings.carry_out_import", queueing_lock=f"import:{pk}", run_id=pk)


def _move(run: ImportRun, sources: Sequence[ImportStage], changes: dict[str, Any]) -> None:
    if ImportRun.objects.filter(pk=run.pk, stage__in=sources).update(**changes) != 1:
        raise NotNow(f"{run.public_id} is at another stage")
    for name, value in changes.items():
        setattr(run, name, value)


def _orders(run: ImportRun, past: Sequence[SourceLine], *, now: datetime) -> RunOrders:
    """Orders for the rest of a run: what its past lines were about is known."""
    seen = set()
    for line in past:
        draft = read_line(line.text)
        if isinstance(draft, PostingDraft):
            seen.add((run.employer.pk, draft.key))
    return RunOrders(
        publish=False,
        now=now,
        employer=run.employer,
        actor=run.confirmed_by or run.actor,
        guesses=tuple(run.guesses),
        keep_lines=True,
        vocabulary=current_vocabulary(),
        seen=seen,
    )


@transaction.atomic
def _import_batch(
    run: ImportRun, lines: Sequence[SourceLine], orders: RunOrders, *, now: datetime
) -> bool:
    """Judge or import the next lines; False when none are left, or somebody else is at them."""
    locked = ImportRun.objects.select_for_update(no_key=True).defer("packed").get(pk=run.pk)
    if (locked.stage, locked.done) != (run.stage, run.done):
        return False
    batch = lines[run.done : run.done + BATCH]
    real = run.stage == ImportStage.IMPORTING
    with transaction.atomic():
        report = import_lines(
            lines=[line.text.encode() for line in batch], run=orders, progress=lambda number: None
        )
        if not real:
            transaction.set_rollback(True)
    numbered = [(batch[line.number - 1].number, line) for line in report.lines]
    rows = rows_for(run=run, lines=numbered, written=real, now=now)
    run.lines.filter(number__in=[row.number for row in rows]).delete()
    ImportedLine.objects.bulk_create(rows)
    counts = Counter(LineOutcome(row.outcome) for row in rows)
    changes: dict[str, Any] = {
        name.value: getattr(run, name.value) + counts[name] for name in LineOutcome
    }
    changes |= {"done": run.done + len(batch), "touched_at": now}
    if changes["done"] == run.total:
        changes["stage"] = ImportStage.CONFIRMED if real else ImportStage.PREVIEWED
        changes |= {"packed": None} if real else {}
    _move(run, (ImportStage(run.stage),), changes)
    return run.is_busy


# --- Taking back --------------------------------------------------------------------------------


def _changes(run: ImportRun) -> "QuerySet[ImportedLine]":
    return run.lines.filter(outcome__in=(LineOutcome.CREATED, LineOutcome.UPDATED))


@transaction.atomic
def _take_back_batch(run: ImportRun, *, now: datetime) -> bool:
    """Take back the next lines; False when none are left, or somebody else is at them."""
    locked = ImportRun.objects.select_for_update(no_key=True).defer("packed").get(pk=run.pk)
    if (locked.stage, locked.done) != (run.stage, run.done):
        return False
    # The last line first: a line may have written over what an earlier one wrote.
    batch = list(_changes(run).filter(taken_back=None).order_by("-number")[:BATCH])
    back = 0
    for line in batch:
        line.taken_back = _take_back(line, actor=run.undone_by, now=now)
        back += line.taken_back
    ImportedLine.objects.bulk_update(batch, ["taken_back"])
    changes: dict[str, Any] = {
        "done": min(run.done + len(batch), run.total),
        "taken_back": run.taken_back + back,
        "touched_at": now,
    }
    if len(batch) < BATCH:
        changes |= {"stage": ImportStage.UNDONE, "done": run.total}
    _move(run, (ImportStage.UNDOING,), changes)
    return run.is_busy


def _take_back(line: ImportedLine, *, actor: User | None, now: datetime) -> bool:
    """Undo what a line wrote; False when its draft says something else by now."""
    if line.posting_id is None or line.revision_id is None:
        return False
    posting = Posting.objects.select_for_update(no_key=True).get(pk=line.posting_id)
    revision = PostingRevision.objects.select_for_update(no_key=True).get(pk=line.revision_id)
    if posting.state not in _UNDO_STATES:
        return False
    if (revision.state, revision.version) != (RevisionState.DRAFT, line.version):
        return False
    kept = {"external_digest": line.digest}
    if line.before is not None:
        content = PostingContent.from_json(line.before)
        save_draft(
            revision=revision, actor=None, now=now, version=revision.version, content=content
        )
        # What an earlier import wrote stands there again, and can be taken back in its turn.
        earlier = ImportedLine.objects.filter(revision=revision, version=line.version - 1)
        earlier.update(version=revision.version)
    else:
        lifecycle.discard(posting=posting, revision=revision, actor=actor, now=now)
        if line.outcome == LineOutcome.CREATED:
            kept["external_identifier"] = ""  # so that the same file can be imported again
    Posting.objects.filter(pk=posting.pk).update(**kept)
    return True


# --- The lines, compressed ----------------------------------------------------------------------


def _pack(lines: Sequence[SourceLine]) -> bytes:
    return zlib.compress("\n".join(f"{line.number} {line.text}" for line in lines).encode())


def _unpack(packed: bytes) -> list[SourceLine]:
    pairs = (row.split(" ", 1) for row in zlib.decompress(packed).decode().split("\n"))
    return [SourceLine(int(number), text) for number, text in pairs]
