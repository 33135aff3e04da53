"""`python -m cscareers.database stop|status|url`: look after the embedded server by hand."""

import sys
from pathlib import Path

from cscareers.database.embedded import NAME, USER, EmbeddedPostgres

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str]) -> int:
    """Carry out one word; 0 when it worked, 1 when the server is in use or down, 2 for misuse."""
    server = EmbeddedPostgres(BASE_DIR)
    match arguments:
        case ["stop"]:
            stopped = server.stop_if_unused()
            say("stopped" if stopped else "still in use by another process; left running")
            return 0 if stopped else 1
        case ["status"]:
            up = server.is_up()
            say(f"up, socket in {server.place.sockets}" if up else "down")
            return 0 if up else 1
        case ["url"]:
            say(f"postgres://{USER}@/{NAME}?host={server.place.sockets}")
            return 0
        case _:
            sys.stderr.write("usage: python -m cscareers.database stop|status|url\n")
            return 2


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
