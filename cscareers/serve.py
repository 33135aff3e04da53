"""`python -m cscareers.serve [--demo]`: the whole site in one command, until Ctrl-C.

Brings up the database, prepares what is missing, then runs gunicorn and the background
worker as children and looks after them.
"""

import argparse
import contextlib
import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Any
from urllib.parse import urlencode

from cscareers import demo_logins, stamps
from cscareers.core.lifeline import PARENT_VARIABLE, follow_parent
from cscareers.database.binaries import PostgresMissing
from cscareers.database.embedded import (
    NAME,
    PORT,
    USER,
    EmbeddedPostgres,
    StartFailed,
    server_for,
)
from cscareers.database.place import UnsafePlace

BASE_DIR = Path(__file__).resolve().parent.parent
RUNS = BASE_DIR / "var" / "run"
HOST = "127.0.0.1"
STOP_SECONDS = 15.0
READY_SECONDS = 60.0
# A run that was killed leaves its children for a moment: they end by themselves.
PORT_SECONDS = 3.0
KILLED_SECONDS = 20.0
LONGEST_BACKOFF = 30.0


class CannotServe(RuntimeError):
    """The site can't be started; the message is for the person at the terminal."""


class Stop(BaseException):
    """Somebody asked to stop: Ctrl-C, TERM or a closed terminal."""


def say(text: str) -> None:
    """One line to the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@dataclass
class Child:
    """One process that we run, and when to run it again."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    backoff: float = 1.0
    started: float = field(default_factory=time.monotonic)
    again_at: float = 0.0

    def start(self) -> None:
        """Run it in a session of its own: Ctrl-C reaches it through us, in order."""
        self.process = subprocess.Popen(
            self.command, env=self.environment, cwd=BASE_DIR, start_new_session=True
        )
        self.started = time.monotonic()

    def ended(self) -> int | None:
        """The exit code when it is not running any more."""
        return self.process.poll() if self.process else None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_for_end(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def main(arguments: list[str]) -> int:
    """Serve until asked to stop; the exit code."""
    options = _options(arguments)
    if options.stop:
        return stop_runs()
    if options.follow_parent:
        os.environ[PARENT_VARIABLE] = str(os.getppid())
        follow_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_stop)
    try:
        with _registered(options.port) as ending:
            return _serve(demo=options.demo, port=options.port, ending=ending)
    except (CannotServe, PostgresMissing, StartFailed, UnsafePlace) as error:
        sys.stderr.write(f"\nCan't start: {error}\n")
        return 1
    except Stop:
        say("Stopped.")
        return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cscareers.serve", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="load the demo world and its logins")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument("--stop", action="store_true", help="stop what runs from this place")
    parser.add_argument(
        "--follow-parent", action="store_true", help="stop when the starting process is gone"
    )
    return parser.parse_args(arguments)


def _raise_stop(number: int, frame: FrameType | None) -> None:
    # Once is enough: a second Ctrl-C must not interrupt the tidying up.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stop


def _serve(*, demo: bool, port: int, ending: Callable[[], None]) -> int:
    _set_environment(demo=demo, port=port)
    _prepare(demo=demo)
    children = _children(port)
    for child in children:
        child.start()
    try:
        _wait_until_ready(port, children[0])
        _greet(demo=demo, port=port)
        return _look_after(children)
    finally:
        ending()
        say("Stopping.")
        for child in reversed(children):
            child.ask_to_stop()
        until = time.monotonic() + STOP_SECONDS
        for child in children:
            child.wait_for_end(until)


def _set_environment(*, demo: bool, port: int) -> None:
    if demo:
        os.environ["MODE"] = "demo"
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscareers.settings")
    os.environ["BIND"] = f"{HOST}:{port}"


def _prepare(*, demo: bool) -> None:
    if demo:
        demo_logins.load(BASE_DIR)
    if os.environ.get("DATABASE_URL"):
        _prepare_with_django(demo=demo)
        return
    say("Starting PostgreSQL")
    server = _embedded()
    server.join()
    stamp = BASE_DIR / "var" / f"prepared-{'demo' if demo else 'run'}.stamp"
    collected = not demo or (BASE_DIR / "var" / "static" / "staticfiles.json").exists()
    if collected and stamps.same(stamp, stamps.state(BASE_DIR, server.conninfo())):
        return
    _prepare_with_django(demo=demo)
    stamps.keep(stamp, stamps.state(BASE_DIR, server.conninfo()))


def _prepare_with_django(*, demo: bool) -> None:
    import django  # noqa: PLC0415  takes a second, which a second start saves

    django.setup()
    from django.db import connections  # noqa: PLC0415

    from cscareers import prepare  # noqa: PLC0415

    prepare.migrate(say)
    if demo:
        prepare.load_demo_data(say)
    prepare.collect_static(say)
    connections.close_all()


def _children(port: int) -> list[Child]:
    environment = dict(os.environ) | {
        PARENT_VARIABLE: str(os.getpid()),
        "DATABASE_URL": _database_url(),
        "PYTHONUNBUFFERED": "1",
    }
    web = [sys.executable, "-m", "gunicorn", "-c", "cscareers/gunicorn.conf.py"]
    web.append("cscareers.wsgi:application")
    worker = [sys.executable, "manage.py", "run_worker"]
    return [Child("web server", web, environment), Child("background worker", worker, environment)]


def _database_url() -> str:
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    # This process keeps the embedded server; the children need only its address.
    query = urlencode({"host": str(_embedded().join().sockets), "port": PORT})
    return f"postgres://{USER}@/{NAME}?{query}"


def _embedded() -> EmbeddedPostgres:
    return server_for(BASE_DIR)


def _wait_until_ready(port: int, web: Child) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if web.ended() is not None:
            raise CannotServe("the web server ended at once; see the lines above.")
        caller = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            # Any answer will do: in production this address may be refused or sent to https.
            caller.request("GET", "/healthz")
            caller.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            caller.close()
    raise CannotServe(f"the web server did not answer within {READY_SECONDS:.0f} seconds.")


def _greet(*, demo: bool, port: int) -> None:
    if demo:
        say("")
        for email, password in demo_logins.load(BASE_DIR).items():
            say(f"login {email} {password}")
    say("")
    say(f"CS Careers is at http://localhost:{port} (Ctrl-C stops it)")


def _look_after(children: list[Child]) -> int:
    """Until asked to stop: start a worker that died anew; end when the web server died."""
    web, *others = children
    own_database = not os.environ.get("DATABASE_URL")
    while True:
        time.sleep(0.5)
        code = web.ended()
        if code is not None:
            sys.stderr.write(f"The web server ended with code {code}.\n")
            return 1
        for child in others:
            _start_again_if_due(child)
        if own_database:
            _embedded().keep_up()


def _start_again_if_due(child: Child) -> None:
    now = time.monotonic()
    code = child.ended()
    if code is None:
        if now - child.started > LONGEST_BACKOFF:
            child.backoff = 1.0
        return
    if not child.again_at:
        sys.stderr.write(
            f"The {child.name} ended with code {code}; again in {child.backoff:.0f} s.\n"
        )
        child.again_at = now + child.backoff
        child.backoff = min(child.backoff * 2, LONGEST_BACKOFF)
    elif now >= child.again_at:
        child.again_at = 0.0
        child.start()


@contextlib.contextmanager
def _registered(port: int) -> Iterator[Callable[[], None]]:
    """Checks that the port is free, and leaves a note that `make stop` finds."""
    RUNS.mkdir(parents=True, exist_ok=True)
    path = RUNS / f"{port}.json"
    with path.open("a+") as note:
        _wait_for_note(note, port)
        # A note without a living owner is of a run that was killed: its children end soon.
        _check_port(port, patience=KILLED_SECONDS if _read(note) else PORT_SECONDS)
        _write(note, {"pid": os.getpid()})
        try:
            yield lambda: _write(note, {"pid": os.getpid(), "stopping": True})
        finally:
            # Emptied, not removed: another run may be waiting for this very file.
            note.truncate(0)


def _wait_for_note(note: IO[str], port: int) -> None:
    """Take the lock on the note; a run that is ending right now is waited for."""
    begun = time.monotonic()
    while True:
        try:
            # Held while we live: the system drops it even when we are killed.
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            patience = KILLED_SECONDS if _read(note).get("stopping") else PORT_SECONDS
            if time.monotonic() - begun > patience:
                text = _port_is_taken(port, "by CS Careers from this very place")
                raise CannotServe(text) from None
            time.sleep(0.1)
        else:
            return


def _read(note: IO[str]) -> dict[str, Any]:
    note.seek(0)
    try:
        found = json.loads(note.read())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _write(note: IO[str], facts: dict[str, Any]) -> None:
    note.truncate(0)
    json.dump(facts, note)
    note.flush()


def _check_port(port: int, *, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except PermissionError:
                raise CannotServe(f"port {port} needs more rights than you have.") from None
            except OSError:
                if time.monotonic() > until:
                    raise CannotServe(_port_is_taken(port, "by another program")) from None
            except OverflowError:
                raise CannotServe(f"{port} is not a port: it must be 1 to 65535.") from None
            else:
                return
        time.sleep(0.25)


def _port_is_taken(port: int, by_whom: str) -> str:
    return (
        f"port {port} is taken {by_whom}. Stop that, or serve elsewhere: make demo PORT={port + 1}"
    )


def stop_runs() -> int:
    """Stop every run of this place, then a database that a killed one left behind."""
    for path in sorted(RUNS.glob("*.json")) if RUNS.exists() else []:
        _stop_run(path)
    if not os.environ.get("DATABASE_URL") and (BASE_DIR / "var" / "postgres").exists():
        unused = _embedded().stop_if_unused()
        say("Stopped." if unused else "Another process still uses the database; it stays up.")
    return 0


def _stop_run(path: Path) -> None:
    with path.open("a+") as note:
        until = time.monotonic() + STOP_SECONDS + 5
        asked = False
        while time.monotonic() < until:
            try:
                fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not asked:
                    say(f"Stopping the run on port {path.stem}")
                    os.kill(int(_read(note)["pid"]), signal.SIGTERM)
                    asked = True
                time.sleep(0.1)
            else:
                note.truncate(0)
                return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
