"""Django's side of the crash torture: make the people and jobs, and compare what the clients were
told with what stands in the database afterwards.

`python tests/assure/crash_world.py make FILE POSTINGS` writes the world that it made;
`… check FILE` reads what was acknowledged and prints figures and faults as JSON.
"""

import json
import os
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

CLIENTS = 8
PASSWORD = "torture-and-patience-7"  # of people who live for minutes


def make(path: Path, postings: int) -> None:
    """Eight owners, eight candidates with profiles, and jobs that take applications."""
    from allauth.account.models import EmailAddress
    from django.db import connection

    from postings.actions import shelf
    from tests.factories.candidates import make_candidate
    from tests.factories.people import make_employer, make_member, make_user
    from tests.factories.postings import published_postings

    owners, candidates, jobs = [], [], []
    now = datetime.now(UTC) - timedelta(hours=1)
    for number in range(CLIENTS):
        employer = make_employer(f"Torture {number}")
        owner = make_member(employer, make_user(f"owner{number}@crash.test", password=PASSWORD))
        person = make_user(f"candidate{number}@crash.test", password=PASSWORD, name=f"C {number}")
        make_candidate(person, skills={"complaint-handling": 3})
        for user in (owner, person):
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        owners.append({"email": owner.email, "employer": employer.slug})
        candidates.append({"email": person.email})
        made = published_postings(
            postings // CLIENTS,
            employer=employer,
            now=now,
            title=f"Job {number}-{{number}}",
            apply_url="",
            reply_days=14,
        )
        jobs += [posting.get_absolute_url() for posting in made]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")  # what is recovered later is what the clients wrote
    world = {"owners": owners, "candidates": candidates, "jobs": jobs}
    path.write_text(
        json.dumps({**world, "password": PASSWORD, "most kept": shelf.MOST}), encoding="utf-8"
    )


def check(path: Path) -> dict[str, Any]:
    """What was told and is not there, what is there twice, and whether all rows agree."""
    told = json.loads(path.read_text(encoding="utf-8"))
    faults = [*_applications(told["applications"]), *_postings(told["postings"])]
    faults += [*_drafts(told["drafts"]), *_kept(told["kept jobs"])]
    return {"faults": faults, "rows": _rows()}


def _applications(told: list[list[str]]) -> list[str]:
    from postings.hiring.models import Application

    rows = Application.objects.values_list(
        "candidate__email", "posting__public_id", "copy__note", "state"
    )
    there = Counter((email, public_id) for email, public_id, _, _ in rows)
    notes = {(email, public_id): note for email, public_id, note, _ in rows}
    faults = [f"two applications: {key}" for key, count in there.items() if count > 1]
    for email, public_id, note in told:
        kept = notes.get((email, public_id))
        if kept is None:
            faults.append(f"a lost application: {email} {public_id}")
        elif kept != note:
            faults.append(f"another note: {email} {public_id}")
    return faults


def _postings(told: list[str]) -> list[str]:
    from postings.models import Posting

    there = Counter(Posting.objects.values_list("title", flat=True))
    faults = [f"a lost posting: {title}" for title in told if not there[title]]
    return faults + [
        f"a posting {count} times: {title}" for title, count in there.items() if count > 1
    ]


def _kept(told: list[list[str]]) -> list[str]:
    from postings.models import MarkedPosting

    there = set(MarkedPosting.objects.values_list("user__email", "posting__public_id"))
    return [f"a lost mark: {key}" for key in map(tuple, told) if key not in there]


def _drafts(told: list[list[str]]) -> list[str]:
    """A draft that was begun is there, or has become an application."""
    from postings.hiring.models import Application, ApplicationDraft

    pair = ("__email", "posting__public_id")
    there = set(ApplicationDraft.objects.values_list(f"user{pair[0]}", pair[1]))
    there |= set(Application.objects.values_list(f"candidate{pair[0]}", pair[1]))
    return [f"a lost draft: {key}" for key in map(tuple, told) if key not in there]


def _rows() -> dict[str, int]:
    from django.db import connection

    queries = {
        "applications": "SELECT count(*) FROM postings_application",
        "copies": "SELECT count(*) FROM postings_applicationcopy",
        "apply events": "SELECT count(*) FROM postings_applicationevent WHERE verb = 'apply'",
        "receipts": "SELECT count(*) FROM core_outgoingmail m JOIN postings_applicationevent e"
        " ON m.dedupe_key LIKE 'application-apply:' || e.id || ':candidate%%'",
        "mails": "SELECT count(*) FROM core_outgoingmail",
        "mail jobs": "SELECT count(DISTINCT (args->>'mail_id')::bigint) FROM procrastinate_jobs"
        " WHERE task_name = 'core.send_mail'",
        "mails sent": "SELECT count(*) FROM core_outgoingmail WHERE sent_at IS NOT NULL",
        "postings": "SELECT count(*) FROM postings_posting",
        "first revisions": "SELECT count(*) FROM postings_postingrevision WHERE number = 1",
        "create events": "SELECT count(*) FROM postings_postingevent WHERE verb = 'create'",
        "checksum failures": "SELECT coalesce(sum(checksum_failures), 0)::int FROM"
        " pg_stat_database",
    }
    with connection.cursor() as cursor:
        found = {}
        for name, sql in queries.items():
            cursor.execute(sql)
            found[name] = int(cursor.fetchone()[0])
    return found


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscareers.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    import django

    django.setup()
    match words:
        case ["make", path, postings]:
            make(Path(path), int(postings))
        case ["check", path]:
            sys.stdout.write(json.dumps(check(Path(path))))
        case _:
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
