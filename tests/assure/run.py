"""`make assure`: slow cases of setting up, each in fresh clones. Linux; wants root for some.

`python tests/assure/run.py [case …]` runs the cases named, or all. Exit code 1 when one fails.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534
COLD_SECONDS = 180.0
WARM_SECONDS = 5.0


class Failed(AssertionError):
    """A case did not hold."""


class Skipped(Exception):
    """A case needs what this machine does not have."""


def check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)


@dataclass
class Clone:
    """A fresh clone, and as whom its commands run (None: as we are)."""

    place: Path
    uid: int | None = None
    extra: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("PATH", "LANG", "TERM") if key in os.environ}
        passing = ("PIP_", "UV_", "SSL_", "REQUESTS_", "HTTP", "http", "NO_PROXY", "no_proxy")
        kept |= {key: value for key, value in os.environ.items() if key.startswith(passing)}
        home = self.place.parent if self.uid is not None else os.environ.get("HOME", "/")
        return kept | {"HOME": str(home)} | self.extra

    def start(self, *command: str, log: Path) -> subprocess.Popen[bytes]:
        with log.open("wb") as out:
            return subprocess.Popen(
                command,
                cwd=self.place,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.uid,
                group=self.uid,
                extra_groups=None if self.uid is None else [],
            )

    def run(self, *command: str) -> tuple[int, str]:
        log = self.place.parent / "command.log"
        code = self.start(*command, log=log).wait()
        return code, log.read_text(encoding="utf-8", errors="replace")


@contextlib.contextmanager
def clone(*, uid: int | None = None, inside: str = "", mode: int = 0o755) -> Iterator[Clone]:
    top = Path(tempfile.mkdtemp(prefix="cscareers-assure-"))
    top.chmod(mode)
    place = top / inside / "clone" if inside else top / "clone"
    place.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(place)], check=True)
    if uid is not None:
        for path in [top, *top.rglob("*")]:
            os.chown(path, uid, uid, follow_symlinks=False)
    made = Clone(place, uid)
    home = None
    try:
        yield made
    finally:
        with contextlib.suppress(Exception):
            made.run("make", "stop")
            home = database_home(made)
        for path in {top, home} - {None}:
            shutil.rmtree(path, ignore_errors=True)


def database_home(made: Clone) -> Path:
    address = made.place / "var" / "postgres" / "address.json"
    if address.exists():
        return Path(json.loads(address.read_text(encoding="utf-8"))["home"])
    return made.place / "var" / "postgres"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_for(holds: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


@dataclass
class Run:
    """A running `make demo`."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    seconds: float

    def text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """As Ctrl-C does: to the whole group in the foreground."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=30)


def demo(made: Clone, *, port: int | None = None, limit: float = COLD_SECONDS) -> Run:
    port = port or free_port()
    log = made.place.parent / f"demo-{port}.log"
    begun = time.monotonic()
    process = made.start("make", "demo", f"PORT={port}", log=log)
    address = f"http://localhost:{port}"
    run = Run(process, port, log, 0)
    told = wait_for(lambda: address in run.text() or process.poll() is not None, limit)
    run.seconds = time.monotonic() - begun
    check(told and process.poll() is None, f"not up in {run.seconds:.0f} s:\n{run.text()[-3000:]}")
    check(wait_for(lambda: answers(port), 5), f"it does not answer:\n{run.text()[-3000:]}")
    return run


def left_over(made: Clone) -> list[str]:
    """Command lines of processes that belong to the clone or to its database."""
    marks = [str(made.place), str(database_home(made))]
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            cwd = str((entry / "cwd").readlink())
            if any(mark in words or cwd.startswith(mark) for mark in marks):
                found.append(words)
    return found


def nothing_left(made: Clone) -> None:
    wait_for(lambda: not left_over(made), 15)
    check(not left_over(made), f"still running: {left_over(made)}")


def cold_and_warm(made: Clone) -> None:
    first = demo(made)
    logins = [line for line in first.text().splitlines() if line.startswith("login ")]
    check(len(logins) == 4, f"expected four logins, got {logins}")
    first.stop()
    nothing_left(made)
    second = demo(made)
    again = [line for line in second.text().splitlines() if line.startswith("login ")]
    check(again == logins, "the logins differ on the second start")
    second.stop()
    nothing_left(made)
    print(f"     cold {first.seconds:.1f} s, second start {second.seconds:.1f} s")
    check(second.seconds <= WARM_SECONDS, f"the second start took {second.seconds:.1f} s")


def need_root() -> None:
    if os.geteuid() != 0:
        raise Skipped("needs root to act as another user")


def case_as_we_are() -> None:
    """make demo, twice, as the user who runs this."""
    with clone() as made:
        cold_and_warm(made)


def case_ordinary_user() -> None:
    """make demo, twice, as an ordinary user without a home."""
    need_root()
    with clone(uid=NOBODY) as made:
        cold_and_warm(made)
        mode = (made.place / "var" / "postgres" / "data").stat().st_mode & 0o777
        check(mode == 0o700, f"the data folder has mode {mode:o}")


def case_closed_folder() -> None:
    """As root in a folder that nobody else can enter: the programs are copied."""
    need_root()
    with clone(mode=0o700) as made:
        demo(made).stop()
        nothing_left(made)


def case_long_path() -> None:
    """A path longer than a socket's may be."""
    with clone(inside="/".join(["a-long-folder-name"] * 7), uid=_some_user()) as made:
        demo(made).stop()
        nothing_left(made)


def _some_user() -> int | None:
    return NOBODY if os.geteuid() == 0 else None


def case_two_clones() -> None:
    """Two clones at once: other ports, data apart."""
    with clone() as one, clone() as two:
        first, second = demo(one), demo(two)
        check(database_home(one) != database_home(two), "both use the same data")
        first.stop()
        check(answers(second.port), "stopping one clone stopped the other one")
        second.stop()
        nothing_left(one)
        nothing_left(two)


def case_taken_port() -> None:
    """A taken port is named, with the way out."""
    with clone() as made, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, text = made.run("make", "demo", f"PORT={port}")
        check(code != 0, "it claims to have started")
        check(f"port {port} is taken" in text, text[-2000:])
        check(f"PORT={port + 1}" in text, text[-2000:])
        nothing_left(made)


def case_kill_9() -> None:
    """After kill -9 of make, of our process, of all of it and of the database."""
    with clone() as made:
        port = free_port()
        for what in ("make", "serve", "group", "database"):
            run = demo(made, port=port)
            if what == "make":
                os.kill(run.process.pid, signal.SIGKILL)
            elif what == "serve":
                os.kill(_serve_pid(made, port), signal.SIGKILL)
            elif what == "group":
                os.killpg(run.process.pid, signal.SIGKILL)
            else:
                pid = (database_home(made) / "data" / "postmaster.pid").read_text().split()[0]
                os.kill(int(pid), signal.SIGKILL)
                os.killpg(run.process.pid, signal.SIGKILL)
            run.process.wait()
        run = demo(made, port=port)
        run.stop()
        nothing_left(made)


def _serve_pid(made: Clone, port: int) -> int:
    note = made.place / "var" / "run" / f"{port}.json"
    return int(json.loads(note.read_text(encoding="utf-8"))["pid"])


def case_no_ensurepip() -> None:
    """Without ensurepip and uv the error names the package to install."""
    with clone() as made:
        broken = made.place.parent / "broken"
        broken.mkdir()
        (broken / "ensurepip.py").write_text("raise ImportError('removed by Debian')\n")
        bare = made.place.parent / "bin"
        bare.mkdir()
        (bare / "python3").symlink_to("/usr/bin/python3")
        made.extra = {"PYTHONPATH": str(broken), "PATH": f"{bare}:/usr/bin:/bin"}
        code, text = made.run("make", "demo")
        check(code != 0 and "apt-get install python3-venv" in text, text[-2000:])


def case_plain_django() -> None:
    """In the virtual environment the usual Django ways work with no step before."""
    with clone() as made:
        made.run("make", "install-dev")
        python = ".venv/bin/python"
        code, text = made.run(python, "manage.py", "migrate")
        check(code == 0, text[-2000:])
        nothing_left(made)
        code, text = made.run(python, "-m", "pytest", "-q", "tests/core/test_tasks.py")
        check(code == 0, text[-2000:])
        nothing_left(made)


def case_postgres_15() -> None:
    """The demo and the whole suite but the browser on PostgreSQL 15 by DATABASE_URL."""
    programs = "/usr/lib/postgresql/15/bin"
    if not Path(programs, "initdb").exists():
        raise Skipped("no PostgreSQL 15: apt-get install postgresql-15")
    with clone() as made:
        made.run("make", "install-dev")
        python = ".venv/bin/python"
        tests = (python, "-m", "pytest", "-q")
        shell = ("sh", "tests/assure/with_postgres.sh", programs)
        code, text = made.run(*shell, *tests, "-m", "not browser")
        check(code == 0, text[-4000:])
        load = " && ".join(f"{python} manage.py {word}" for word in DEMO_COMMANDS)
        code, text = made.run(*shell, "sh", "-c", f"MODE=demo; export MODE; {load}")
        check(code == 0, text[-4000:])


def case_malformed_input() -> None:
    """Over 2,000 odd query strings and forms at the board, the API and the wizard: no 5xx."""
    with clone() as made:
        made.extra |= {"BOARD_INPUTS": "600", "MALFORMED_EXAMPLES": "150"}
        made.run("make", "install-dev")
        files = ("test_board_input.py", "test_wizard_malformed.py")
        tests = [f"tests/postings/views/{name}" for name in files]
        code, text = made.run(".venv/bin/python", "-m", "pytest", "-q", *tests)
        check(code == 0, text[-4000:])


def case_import_fuzz() -> None:
    """2,000 mutated lines in one file: each is judged, and the pages of what came of them load."""
    with clone() as made:
        made.extra |= {"IMPORT_LINES": "2000"}
        if "SHARED_DATA" in os.environ:
            made.extra["SHARED_DATA"] = os.environ["SHARED_DATA"]
        made.run("make", "install-dev")
        test = "tests/postings/actions/test_import_malformed.py"
        code, text = made.run(".venv/bin/python", "-m", "pytest", "-q", test)
        check(code == 0, text[-4000:])


def case_states() -> None:
    """R4: 2,000 histories of 50 steps of a posting and its applications agree with a model."""
    with clone() as made:
        made.extra |= {"LIFE_EXAMPLES": "1000", "LIFE_STEPS": "50", "LIFE_PARTS": "2"}
        made.extra["LIFE_SEED"] = str(secrets.randbelow(10**6))
        made.run("make", "install-dev")
        test = ("-n", "2", "--dist=load", "tests/postings/hiring/test_life.py")
        code, text = made.run(".venv/bin/python", "-m", "pytest", "-q", *test)
        check(code == 0, f"seed {made.extra['LIFE_SEED']}\n{text[-4000:]}")
        print(f"     seed {made.extra['LIFE_SEED']}: {text.splitlines()[-1]}")


def case_crowd() -> None:
    """R4: 100,000 operations by eight at once, then every row agrees with its events."""
    with clone() as made:
        note = made.place.parent / "crowd.json"
        made.extra |= {"CROWD_OPERATIONS": "100000", "CROWD_NOTE": str(note)}
        made.extra["CROWD_SEED"] = str(secrets.randbelow(10**6))
        made.run("make", "install-dev")
        test = "tests/postings/hiring/test_crowd.py"
        code, text = made.run(".venv/bin/python", "-m", "pytest", "-q", "-n0", test)
        check(code == 0, f"seed {made.extra['CROWD_SEED']}\n{text[-4000:]}")
        print(f"     seed {made.extra['CROWD_SEED']}: {note.read_text(encoding='utf-8')}")


def case_double_submit() -> None:
    """R3: each form 50 times at once at a real server: one row, one answer."""
    with clone() as made:
        made.extra |= {"DOUBLE_SUBMITS": "50"}
        made.run("make", "install-dev")
        test = "tests/postings/hiring/test_double_submit.py"
        code, text = made.run(".venv/bin/python", "-m", "pytest", "-q", "-n0", test)
        check(code == 0, text[-4000:])


def case_two_editors() -> None:
    """R5: 200 races of two editors of a draft, and as many of two who decide on an application."""
    with clone() as made:
        made.extra |= {"RACES": "200"}
        made.run("make", "install-dev")
        test = "tests/postings/hiring/test_two_editors.py"
        code, text = made.run(".venv/bin/python", "-m", "pytest", "-q", "-n0", test)
        check(code == 0, text[-4000:])


def case_permissions() -> None:
    """S1, S2, S4, S11: the access table, and each permission check switched off in turn."""
    with clone() as made:
        made.run("make", "install-dev")
        lanes = (
            "access",
            "twins",
            "permission_mutants",
            "csrf",
            "mass_assignment",
            "hostile_fields",
        )
        tests = [f"tests/architecture/test_{lane}.py" for lane in lanes]
        made.extra["MUTANTS"] = "all"
        code, text = made.run(".venv/bin/python", "-m", "pytest", "-q", "-n", "2", *tests)
        check(code == 0, text[-4000:])
        print(f"     {text.splitlines()[-1]}")


def case_crash() -> None:
    """R1: web workers, backends, the postmaster and the worker killed while eight clients write."""
    with clone() as made:
        made.run("make", "install-dev")
        code, text = made.run(".venv/bin/python", "tests/assure/crash.py", ".")
        print(text)
        check(code == 0, "see the faults above")


def case_mail_kill() -> None:
    """R2: the worker killed ten times while it sends 500 mails: each arrives exactly once."""
    with clone() as made:
        made.run("make", "install-dev")
        code, text = made.run(".venv/bin/python", "tests/assure/mail_kill.py")
        print(text)
        check(code == 0, "see the figures above")


DEMO_COMMANDS = ("migrate", "load_places", "load_taxonomy", "seed_demo")
CASES = {
    name.removeprefix("case_").replace("_", "-"): function
    for name, function in list(globals().items())
    if name.startswith("case_")
}


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(CASES)
    if unknown:
        print(f"No such case: {', '.join(sorted(unknown))}. There are: {', '.join(CASES)}")
        return 2
    failures = 0
    for name in wanted or CASES:
        begun = time.monotonic()
        try:
            CASES[name]()
            verdict = "PASS"
        except Skipped as reason:
            verdict = f"SKIP ({reason})"
        except (Failed, OSError, subprocess.SubprocessError) as error:
            failures += 1
            verdict = f"FAIL: {error}"
        print(f"{name:16} {time.monotonic() - begun:6.1f} s  {verdict}", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
