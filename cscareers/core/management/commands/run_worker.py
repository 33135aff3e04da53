"""`manage.py run_worker`: carry out background jobs until told to stop."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from cscareers.core.lifeline import follow_parent

STOP_SECONDS = 10.0


class Command(BaseCommand):
    """The worker: jobs, mail and the periodic tasks."""

    help = "Carry out background jobs until stopped by Ctrl-C or TERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` for cron and for tests."""
        parser.add_argument(
            "--once", action="store_true", help="stop when the queue has been worked off"
        )
        parser.add_argument("--concurrency", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run in the foreground."""
        follow_parent()
        asyncio.run(self._work(once=options["once"], concurrency=options["concurrency"]))

    async def _work(self, *, once: bool, concurrency: int) -> None:
        # LISTEN/NOTIFY needs connections of the worker's own, not Django's.
        connector = DjangoConnector().get_worker_connector()
        with app.replace_connector(connector):
            async with app.open_async():
                await app.run_worker_async(
                    wait=not once,
                    concurrency=concurrency,
                    shutdown_graceful_timeout=STOP_SECONDS,
                    listen_notify=not once,
                )
