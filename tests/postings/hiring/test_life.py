"""R4: whatever is done to a posting and its applications in whatever order, no illegal move is
accepted, and the rows and events tell the same story as a model of plain Python.

`LIFE_EXAMPLES`, `LIFE_STEPS`, `LIFE_PARTS` and `LIFE_SEED` make the run longer, split it for
several processes and draw other histories; `LIFE_SHRINK=1` looks for the shortest that fails,
which takes minutes.
"""

import os

import pytest
from hypothesis import seed
from hypothesis.stateful import run_state_machine_as_test

from tests.postings.hiring.life.machine import Life, budget, make_stage

pytestmark = pytest.mark.django_db
PARTS = range(int(os.environ.get("LIFE_PARTS", "1")))
SEED = int(os.environ.get("LIFE_SEED", "5"))


@pytest.mark.parametrize("part", PARTS)
def test_any_history_is_a_legal_one(part: int) -> None:
    class Mine(Life):
        stage = make_stage()

    run_state_machine_as_test(seed(SEED * 100 + part)(Mine), settings=budget)
