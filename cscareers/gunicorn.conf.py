"""gunicorn: two workers of four threads each. In production a buffering proxy stands in front."""

import os
from typing import Any

from cscareers.core.lifeline import follow_parent

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 10
keepalive = 5
# Code is loaded once and shared; database connections are opened later, in the workers.
preload_app = True
# Heartbeats on a disk can stall a worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# The access log would hold addresses and query strings; our own line has neither.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Called in the master."""
    follow_parent()
