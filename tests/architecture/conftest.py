"""One world for all tests of a module; what a test does to it is undone."""

import os
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.test import override_settings

from tests.architecture.world import World, make_world

collect_ignore = [] if os.environ.get("MUTANTS") else ["test_permission_mutants.py"]
"""Switching off each check takes a minute: `.ci/run` and `make assure CASE=permissions` ask for it,
a plain run of the suite does not."""


@pytest.fixture(scope="module")
def world_rows(kept_rows: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield make_world()


@pytest.fixture
def world(world_rows: World, db: None) -> World:
    """Objects that no other test has changed."""
    return deepcopy(world_rows)
