"""R4: eight at once at the same postings and applications. `CROWD_OPERATIONS` makes it longer,
`CROWD_NOTE` names a file for the figures."""

import json
import os
from pathlib import Path

import pytest

from tests.postings.hiring.life import crowd as together

OPERATIONS = int(os.environ.get("CROWD_OPERATIONS", "240"))
NOTE = os.environ.get("CROWD_NOTE", "")
SEED = int(os.environ.get("CROWD_SEED", "1"))


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_leave_a_story_without_a_gap() -> None:
    crowd = together.make_crowd()
    before = together.deadlocks()
    together.let_loose(crowd, threads=8, operations=OPERATIONS, seed=SEED)
    together.check(crowd)
    if NOTE:
        figures = {"done": crowd.done, "refused": crowd.refused, "ended": together.ended()}
        Path(NOTE).write_text(json.dumps(figures, indent=1), encoding="utf-8")
    assert sum(crowd.done.values()) > OPERATIONS / 4
    assert (crowd.deadlocks, together.deadlocks() - before) == (0, 0)
