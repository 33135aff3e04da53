"""PostgreSQL for the demo, for development and for the tests, with nothing to install.

The first process that needs the database makes the cluster and starts the server; others
join it; the last one to leave stops it. Who is still there is told by shared locks on a
file, which the operating system drops even when a process is killed.

No other local user can connect: there is no TCP port, and the only socket lies in a folder
of mode 0700. That makes it safe to trust whoever reaches the socket.
"""

import atexit
import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from cscareers.database.binaries import Binaries, find_binaries
from cscareers.database.place import Place, find_place

NAME = "cscareers"
USER = "cscareers"
PORT = "5432"
START_SECONDS = 60.0
# Children of a killed server hold its shared memory for a moment: try again meanwhile.
RETRY_SECONDS = 8.0
# What a server says that is coming up; its messages are in English (--locale=C).
NOT_YET = ("starting up", "not yet accepting", "in recovery", "shutting down")


class StartFailed(RuntimeError):
    """The server did not come up; the message ends with the tail of its log."""


class EmbeddedPostgres:
    """One clone's server, as seen from this process."""

    def __init__(self, base_dir: Path) -> None:
        self.base_dir = base_dir
        self._place: Place | None = None
        self._users: IO[str] | None = None
        self._joined_by = 0

    @property
    def place(self) -> Place:
        if self._place is None:
            self._place = find_place(self.base_dir)
        return self._place

    def join(self) -> Place:
        """The place of a server that is up and holds our database, started if need be."""
        if self._users is not None:
            return self.place
        place = self.place
        with self._turn():
            users = (place.locks / "users.lock").open("a")
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.start_if_down()
            except BaseException:
                users.close()
                raise
        self._users = users
        self._joined_by = os.getpid()
        atexit.register(self.leave)
        return place

    def leave(self) -> bool:
        """Stop the server unless another process uses it; True when nobody is left."""
        users, self._users = self._users, None
        # A forked child shares its parent's lock: only the process that joined may leave.
        if users is None or self._joined_by != os.getpid():
            return False
        with users, self._turn():
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            self._stop()
        return True

    def stop_if_unused(self) -> bool:
        """Stop a server that a killed process left behind; False while somebody uses it."""
        with self._turn(), (self.place.locks / "users.lock").open("a") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            self._stop()
        return True

    def keep_up(self) -> None:
        """Start the server again when it died under us; cheap enough to call twice a second."""
        pid = self._server_pid()
        if pid is None or not self._is_postgres(pid):
            with self._turn():
                self.start_if_down()

    def start_if_down(self) -> None:
        """Make the cluster, start the server and make the database, whatever is missing."""
        binaries = self._reachable(find_binaries())
        if not (self.place.data / "PG_VERSION").exists():
            self._make_cluster(binaries)
        self._check_version(binaries)
        if not self.is_up():
            self._start(binaries)
        self._make_database()

    def is_up(self) -> bool:
        """True when the server takes connections, waiting while it recovers from a crash."""
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.conninfo("postgres"), autocommit=True).close()
            except psycopg.OperationalError as error:
                waiting = any(word in str(error) for word in NOT_YET)
                if not waiting or time.monotonic() > until:
                    return False
                time.sleep(0.1)
            else:
                return True

    def conninfo(self, database: str = NAME) -> str:
        """What psycopg needs to connect."""
        return psycopg.conninfo.make_conninfo(
            host=str(self.place.sockets),
            port=PORT,
            user=USER,
            dbname=database,
            connect_timeout=5,
        )

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with (self.place.locks / "start.lock").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _run(self, command: list[str]) -> int:
        """The exit code of a PostgreSQL program, run as the server's account."""
        account = self.place.run_as
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_"))
        }
        environment |= {"LANG": "C", "HOME": str(self.place.home)}
        with (self.place.locks / "commands.log").open("a") as log:
            return subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.place.home if account is None else "/",
                env=environment,
                umask=0o077,
                check=False,
                user=None if account is None else account.uid,
                group=None if account is None else account.gid,
                extra_groups=None if account is None else [],
            ).returncode

    def _reachable(self, binaries: Binaries) -> Binaries:
        """The same programs where the server's account can run them, copied there if need be."""
        if self.place.run_as is None:
            return binaries
        try:
            reached = self._run([binaries.program("postgres"), "--version"]) == 0
        except PermissionError:
            reached = False
        if reached or not binaries.bundled:
            return binaries
        # The programs find their libraries beside the package (RPATH), so both are copied.
        package = binaries.folder.parent.parent
        target = self.place.home / f"programs-{binaries.major}"
        if not target.exists():
            fresh = self.place.home / "programs.new"
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(
                package / "pginstall", fresh / package.name / "pginstall", symlinks=True
            )
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
            self._give_away(fresh)
            fresh.rename(target)
        folder = target / package.name / "pginstall" / "bin"
        return Binaries(folder=folder, major=binaries.major, bundled=True)

    def _give_away(self, tree: Path) -> None:
        account = self.place.run_as
        if account is None:
            return
        for path in [tree, *tree.rglob("*")]:
            os.chown(path, account.uid, account.gid, follow_symlinks=False)

    def _make_cluster(self, binaries: Binaries) -> None:
        # Made beside its final name, so that a killed initdb leaves no half cluster behind.
        fresh = self.place.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [binaries.program("initdb"), "-D", str(fresh), "-U", USER, "--auth=trust"]
        command += ["-E", "UTF8", "--locale=C", "--data-checksums"]
        if binaries.major >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self._run(command) != 0:
            raise StartFailed(self._tale("initdb failed", self.place.locks / "commands.log"))
        fresh.rename(self.place.data)

    def _check_version(self, binaries: Binaries) -> None:
        made_by = (self.place.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != str(binaries.major):
            raise StartFailed(
                f"{self.place.data} was made by PostgreSQL {made_by}, but only {binaries.major} "
                "is here. Move that folder away to start afresh, or set DATABASE_URL."
            )

    def _start(self, binaries: Binaries) -> None:
        options = f"-c listen_addresses= -c port={PORT} -c jit=off -c unix_socket_permissions=0700"
        if sys.platform == "linux":
            # After a crash one call instead of one for each of 2,000 files: seconds on a busy disk.
            options += " -c recovery_init_sync_method=syncfs"
        command = [binaries.program("pg_ctl"), "-D", str(self.place.data), "-w"]
        command += ["-t", str(int(START_SECONDS)), "-l", str(self.place.log)]
        command += ["-o", f"{options} -k '{self.place.sockets}'", "start"]
        until = time.monotonic() + RETRY_SECONDS
        while self._run(command) != 0:
            self._forget_reused_pid()
            if time.monotonic() > until:
                raise StartFailed(self._tale("PostgreSQL did not start", self.place.log))
            time.sleep(0.3)

    def _server_pid(self) -> int | None:
        try:
            first = (self.place.data / "postmaster.pid").read_text(encoding="utf-8").split()[0]
            return int(first)
        except (OSError, IndexError, ValueError):
            return None

    def _forget_reused_pid(self) -> None:
        """Remove a pid file that names no server of this data.

        Either the server was killed and another program has its number now, or the folder
        was copied while a server ran in the original.
        """
        pid_file = self.place.data / "postmaster.pid"
        try:
            pid, folder = pid_file.read_text(encoding="utf-8").splitlines()[:2]
            name = Path(f"/proc/{int(pid)}/comm").read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return
        if name not in {"postgres", "postmaster"} or Path(folder) != self.place.data:
            pid_file.unlink(missing_ok=True)

    def _make_database(self) -> None:
        try:
            psycopg.connect(self.conninfo(NAME), autocommit=True).close()
        except psycopg.OperationalError as error:
            if "does not exist" not in str(error):
                raise
        else:
            return
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))

    def _stop(self) -> None:
        """End the server: ask, then insist. Nobody else uses it."""
        pid = self._server_pid()
        if pid is None or not self._is_postgres(pid):
            return
        for ask in (signal.SIGINT, signal.SIGQUIT):  # fast, then immediate
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, ask)
            until = time.monotonic() + 15
            while time.monotonic() < until:
                if not self._is_postgres(pid):
                    return
                time.sleep(0.02)

    def _is_postgres(self, pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return False  # somebody else's: never ours to stop
        status = Path(f"/proc/{pid}/stat")
        if status.exists():
            with contextlib.suppress(OSError):
                text = status.read_text(encoding="utf-8")
                name, rest = text.split("(", 1)[1].rsplit(")", 1)
                return name.startswith("postgres") and rest.split()[0] != "Z"
            return False
        return True

    @staticmethod
    def _tale(what: str, log: Path) -> str:
        try:
            tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
        except OSError:
            tail = []
        return "\n".join([f"{what}; the end of {log}:", *tail])


_servers: dict[Path, EmbeddedPostgres] = {}


def server_for(base_dir: Path) -> EmbeddedPostgres:
    """This process's one handle on the clone's server."""
    return _servers.setdefault(base_dir, EmbeddedPostgres(base_dir))
