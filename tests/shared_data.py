"""Where the real data of the workshop lie: `../shared/data` beside the repository, or wherever
SHARED_DATA says. Nobody else has them, so a test that needs them is marked with `needs(…)`."""

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def needs(*names: str) -> pytest.MarkDecorator:
    """Skips with a clear word when one of these files is absent."""
    absent = [name for name in names if not (ROOT / name).exists()]
    return pytest.mark.skipif(bool(absent), reason=f"real data are absent: {', '.join(absent)}")
