"""The demo's logins are made once and kept from others."""

import stat

from cscareers import demo_logins


def test_the_same_passwords_at_every_start(tmp_path):
    first = demo_logins.load(tmp_path)
    assert list(first) == [
        "candidate@demo.test",
        "owner@demo.test",
        "recruiter@demo.test",
        "moderator@demo.test",
    ]
    assert demo_logins.load(tmp_path) == first
    assert len(set(first.values())) == 4


def test_only_the_owner_can_read_them(tmp_path):
    demo_logins.load(tmp_path)
    folder = tmp_path / "var"
    assert [path.name for path in folder.iterdir()] == ["demo_logins.json"]
    assert stat.S_IMODE((folder / "demo_logins.json").stat().st_mode) == 0o600
