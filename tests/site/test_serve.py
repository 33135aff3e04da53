"""Serving with one command: the port, the note for `make stop`, children that die."""

import json
import os
import socket
import sys
import time

import pytest

from cscareers import serve, stamps
from cscareers.core.lifeline import PARENT_VARIABLE
from cscareers.serve import CannotServe, Child


@pytest.fixture
def runs(tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "RUNS", tmp_path / "run")
    monkeypatch.setattr(serve, "PORT_SECONDS", 0.2)
    monkeypatch.setattr(serve, "KILLED_SECONDS", 0.2)
    return tmp_path / "run"


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def free(taken):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        return other.getsockname()[1]


def test_a_taken_port_is_named_with_the_way_out(runs, taken):
    with pytest.raises(CannotServe) as caught, serve._registered(taken):
        pass
    assert str(caught.value) == (
        f"port {taken} is taken by another program. "
        f"Stop that, or serve elsewhere: make demo PORT={taken + 1}"
    )


def test_a_second_run_of_the_same_place_is_told_so(runs, free):
    with (
        serve._registered(free),
        pytest.raises(CannotServe, match="by CS Careers from this very place"),
        serve._registered(free),
    ):
        pass


def test_a_run_leaves_a_note_that_is_empty_when_it_has_ended(runs, free):
    note = runs / f"{free}.json"
    with serve._registered(free) as ending:
        assert json.loads(note.read_text()) == {"pid": os.getpid()}
        ending()
        assert json.loads(note.read_text()) == {"pid": os.getpid(), "stopping": True}
    assert note.read_text() == ""


def test_a_note_of_a_killed_run_does_not_block(runs, free):
    runs.mkdir()
    (runs / f"{free}.json").write_text('{"pid": 1}')
    with serve._registered(free):
        assert json.loads((runs / f"{free}.json").read_text()) == {"pid": os.getpid()}


@pytest.mark.parametrize("port", [70000, -1])
def test_what_is_no_port_is_refused(runs, port):
    with pytest.raises(CannotServe, match="is not a port"):
        serve._check_port(port, patience=0.1)


def child(code: str) -> Child:
    return Child("helper", [sys.executable, "-c", code], dict(os.environ))


def test_a_worker_that_dies_is_started_again_later_each_time(capsys):
    made = child("raise SystemExit(3)")
    made.start()
    made.process.wait()
    serve._start_again_if_due(made)
    assert capsys.readouterr().err == "The helper ended with code 3; again in 1 s.\n"
    assert made.backoff == 2.0
    first = made.process
    serve._start_again_if_due(made)
    assert made.process is first
    made.again_at = time.monotonic()
    serve._start_again_if_due(made)
    assert made.process is not first
    made.process.wait()


def test_a_child_that_does_not_stop_is_killed():
    made = child(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        " print('deaf', flush=True); time.sleep(60)"
    )
    made.start()
    made.ask_to_stop()
    made.wait_for_end(time.monotonic() + 0.3)
    assert made.ended() is not None


def test_a_child_ends_with_its_parent():
    code = (
        "import time; from cscareers.core.lifeline import follow_parent;"
        " follow_parent(); time.sleep(60)"
    )
    made = child(code)
    # A parent that is not ours is a parent that is gone.
    made.environment |= {PARENT_VARIABLE: "1", "PYTHONPATH": str(serve.BASE_DIR)}
    made.start()
    assert made.process.wait(timeout=30) == -15


def test_a_stamp_holds_until_a_file_changes(tmp_path):
    source = tmp_path / "static" / "a.css"
    source.parent.mkdir()
    source.write_text("a")
    before = stamps.digest(stamps.sources(tmp_path))
    stamp = tmp_path / "stamp"
    assert stamps.same(stamp, before) is False
    stamps.keep(stamp, before)
    assert stamps.same(stamp, before) is True
    source.write_text("ab")
    assert stamps.same(stamp, stamps.digest(stamps.sources(tmp_path))) is False


def test_a_database_without_tables_is_in_no_state(tmp_path):
    assert stamps.state(tmp_path, f"host={tmp_path} dbname=x") == ""
    assert stamps.same(tmp_path / "stamp", "") is False
