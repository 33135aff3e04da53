"""The embedded server: made at first need, shared, stopped by the last one to leave."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from cscareers.database import place
from cscareers.database.embedded import EmbeddedPostgres

JOIN = """
import sys
from pathlib import Path
from cscareers.database import place
from cscareers.database.embedded import EmbeddedPostgres
place.ROOT_FOLDERS = (sys.argv[2],)
server = EmbeddedPostgres(Path(sys.argv[1]))
server.join()
print("joined", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def folders(monkeypatch):
    # Not under pytest's own folder: it is closed to the user that runs the server for root.
    top = Path(tempfile.mkdtemp(prefix="cs-", dir="/var/tmp"))
    top.chmod(0o711)
    data, clone = top / "lib", top / "clone"
    data.mkdir(mode=0o711)
    clone.mkdir()
    monkeypatch.setattr(place, "ROOT_FOLDERS", (str(data),))
    yield clone, data
    shutil.rmtree(top)


@pytest.fixture
def server(folders):
    made = EmbeddedPostgres(folders[0])
    yield made
    made.leave()
    made.stop_if_unused()


def other_process(folders) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", JOIN, *map(str, folders)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert process.stdout.readline() == "joined\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=30)


def ask(server: EmbeddedPostgres, query: str) -> str:
    with psycopg.connect(server.conninfo()) as connection:
        return str(connection.execute(query).fetchone()[0])


def test_it_is_made_private_and_stops_with_its_last_user(server):
    assert server.is_up() is False
    server.join()
    assert ask(server, "SHOW listen_addresses") == ""
    assert ask(server, "SHOW data_checksums") == "on"
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert server.leave() is True
    assert server.is_up() is False


def test_the_second_joins_and_the_first_to_leave_stops_nothing(server, folders):
    process = other_process(folders)
    server.join()
    pid = server._server_pid()
    end(process)
    assert server.is_up() is True
    assert server._server_pid() == pid
    assert server.stop_if_unused() is False


def test_nobody_is_cut_off_by_one_who_leaves(server, folders):
    server.join()
    process = other_process(folders)
    assert server.leave() is False
    assert server.is_up() is True
    end(process)
    assert server.is_up() is False


def test_after_kill_9_of_a_process_the_next_one_goes_on(server, folders):
    process = other_process(folders)
    process.kill()
    process.communicate()
    assert server.is_up() is True
    server.join()
    assert ask(server, "SELECT 1") == "1"
    assert server.leave() is True


def test_after_kill_9_of_the_server_it_starts_again_with_its_data(server):
    server.join()
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(server._server_pid(), signal.SIGKILL)
    time.sleep(0.2)
    server.keep_up()
    assert ask(server, "SELECT number FROM kept") == "7"


def test_a_pid_file_whose_number_another_program_has_now_does_not_block(server):
    server.join()
    server.leave()
    pid_file = server.place.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{server.place.data}\n")
    os.chown(pid_file, server.place.data.stat().st_uid, -1)
    pid_file.chmod(0o600)
    server.join()
    assert ask(server, "SELECT 1") == "1"
