"""A child process ends when the process that started it is gone, however that one ended."""

import os
import signal
import threading
import time
from typing import Final

# Set by cscareers.serve for its children: the process id that must stay their parent.
PARENT_VARIABLE: Final = "CSCAREERS_PARENT"
CHECK_SECONDS: Final = 0.5


def follow_parent() -> None:
    """Watch the parent named in the environment, and ask this process to stop without it.

    Nothing happens when the variable is unset: started by hand or by a service manager.
    """
    expected = os.environ.get(PARENT_VARIABLE, "")
    if expected.isdigit():
        threading.Thread(target=_watch, args=(int(expected),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(CHECK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
