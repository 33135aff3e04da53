"""R2: 500 mails wait, the worker is killed again and again: each recipient gets exactly one.

`python tests/assure/mail_kill.py [mails [kills [seed]]]` in a fresh clone: it queues mails in the
clone's own database and sends them to a mail server of its own on loopback. That server keeps a
mail before it says so, and takes 20 ms to say it: most kills hit a mail that is handed over.
"""

import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
BACK_SECONDS = 90.0
LONGEST = 600.0
SLOW_SECONDS = 0.02


def prepare() -> None:
    """Django with a migrated database; the worker's processes inherit the address of the server."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscareers.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def queue(mails: int) -> None:
    from cscareers.core import mail

    for number in range(mails):
        address = f"person{number}@example.org"
        mail.queue_mail(
            to=address,
            subject=f"Answer {number}",
            text="An answer.\n\nYou get this mail because you applied.",
            dedupe_key=f"mail-kill:{address}",
        )


def worker(port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"],
        cwd=ROOT,
        env={**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"},
        stdin=subprocess.DEVNULL,
    )


def jobs() -> dict[str, int]:
    """How many mail jobs stand in which state, and how many have no living worker."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'),"
            " count(*) FILTER (WHERE status = 'doing'),"
            " count(*) FILTER (WHERE status = 'failed'),"
            " count(*) FILTER (WHERE status = 'doing' AND NOT EXISTS (SELECT 1"
            "  FROM procrastinate_workers w WHERE w.id = worker_id"
            "  AND w.last_heartbeat > now() - interval '30 seconds'))"
            " FROM procrastinate_jobs WHERE task_name = 'core.send_mail'"
        )
        return dict(zip(("todo", "doing", "failed", "orphans"), cursor.fetchone(), strict=True))


def torture(sink: Any, kills: int, dice: random.Random) -> int:
    """Start and kill workers; how many kills hit a worker that was sending."""
    hit = 0
    for _ in range(kills):
        before = len(sink.letters)
        running = worker(sink.port)
        until = time.monotonic() + 120
        while len(sink.letters) == before and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(dice.uniform(0.05, 0.6))
        running.send_signal(signal.SIGKILL)
        running.wait()
        now = jobs()
        hit += now["doing"] > 0
        print(f"killed after {len(sink.letters) - before} mails; {now}", flush=True)
    return hit


def stranded(dead: int) -> int:
    """How many jobs are still held by workers up to `dead`, or by none."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'core.send_mail'"
            " AND status = 'doing' AND coalesce(worker_id, 0) <= %s",
            [dead],
        )
        return int(cursor.fetchone()[0])


def finish(sink: Any) -> tuple[float, float]:
    """Seconds until a last worker has the jobs of the dead ones back, and until all is done."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_workers")
        (dead,) = cursor.fetchone()
    print(f"jobs that dead workers hold: {stranded(dead)}", flush=True)
    running = worker(sink.port)
    begun = time.monotonic()
    back = None
    try:
        while time.monotonic() - begun < LONGEST:
            if back is None and not stranded(dead):
                back = time.monotonic() - begun
            state = jobs()
            if back is not None and not state["todo"] + state["doing"]:
                break
            time.sleep(0.2)
    finally:
        done = time.monotonic() - begun
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=30)
    return back if back is not None else LONGEST, done


def main(mails: int = 500, kills: int = 10, seed: int | None = None) -> int:
    seed = seed if seed is not None else secrets.randbelow(10**6)
    print(f"mails {mails}, kills {kills}, seed {seed}")
    prepare()
    from cscareers.core.models import OutgoingMail
    from tests.smtp_sink import sink as mail_server

    OutgoingMail.objects.filter(dedupe_key__startswith="mail-kill:").delete()
    queue(mails)
    with mail_server(seconds=SLOW_SECONDS) as sink:
        hit = torture(sink, kills, random.Random(seed))
        back, done = finish(sink)
        got = Counter(recipient for letter in sink.letters for recipient in letter.recipients)
    rows = OutgoingMail.objects.filter(dedupe_key__startswith="mail-kill:")
    missing = [pk for pk in range(mails) if f"person{pk}@example.org" not in got]
    twice = {address: number for address, number in got.items() if number > 1}
    unclear = rows.filter(sent_at=None, handed_at__isnull=False).values_list("recipient", flat=True)
    arrived = sum(address in got for address in unclear)
    print(f"recipients {len(got)} of {mails}; none {len(missing)}, more than one {len(twice)}")
    print(f"kills that hit a mail on its way {hit} of {kills}")
    print(f"unclear rows {len(unclear)}, of which arrived {arrived}")
    print(f"jobs of dead workers back {back:.1f} s after the last start, all done {done:.1f} s")
    state = jobs()
    print(f"jobs left {state}")
    good = not missing and not twice and not any(state.values()) and back < BACK_SECONDS
    print("PASS" if good else "FAIL")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
