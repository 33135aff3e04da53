"""Where the embedded server keeps its data, safe from other users."""

import json
import os
import stat
from pathlib import Path

import pytest

from cscareers.database import place
from cscareers.database.place import SOCKET_FILE, SOCKET_LIMIT, UnsafePlace, find_place

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@pytest.fixture
def root_folder(tmp_path, monkeypatch):
    folder = tmp_path / "lib"
    folder.mkdir()
    monkeypatch.setattr(place, "ROOT_FOLDERS", (str(folder),))
    return folder


@pytest.fixture
def clone(tmp_path) -> Path:
    folder = tmp_path / "clone"
    folder.mkdir()
    return folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folders_are_closed_to_others(clone, root_folder):
    found = find_place(clone)
    assert (mode(found.home), mode(found.sockets)) == (0o700, 0o700)


def test_the_same_clone_has_the_same_place(clone, root_folder):
    assert find_place(clone) == find_place(clone)


def test_two_clones_have_two_places(clone, root_folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    assert find_place(clone).home != find_place(other).home


@pytest.mark.parametrize("length", [1, 60, 88, 89, 200])
def test_a_socket_path_always_fits(length):
    preferred = Path("/") / ("d" * length)
    found = place._short_enough(preferred, Path("/srv"))
    assert len(os.fsencode(found / SOCKET_FILE)) <= SOCKET_LIMIT
    assert (found == preferred) is (length <= 90)


@as_root
def test_root_gives_the_data_to_an_unprivileged_user(clone, root_folder):
    found = find_place(clone)
    assert found.run_as is not None
    assert found.home.parent == root_folder
    assert found.home.stat().st_uid == found.run_as.uid != 0


@as_root
def test_a_clone_made_again_at_the_same_place_starts_afresh(clone, root_folder):
    first = find_place(clone).home
    (clone / "var" / "postgres" / "address.json").unlink()
    assert find_place(clone).home != first


@as_root
def test_a_copied_folder_starts_afresh_and_a_moved_one_keeps_its_data(clone, root_folder, tmp_path):
    first = find_place(clone).home
    copy = tmp_path / "copy"
    (copy / "var" / "postgres").mkdir(parents=True)
    address = (clone / "var" / "postgres" / "address.json").read_text()
    (copy / "var" / "postgres" / "address.json").write_text(address)
    assert find_place(copy).home != first
    moved = clone.rename(tmp_path / "moved")
    assert find_place(moved).home == first


@as_root
@pytest.mark.parametrize("home", ["/etc", "/var/lib/../../etc", ""])
def test_an_address_elsewhere_is_not_followed(clone, root_folder, home):
    locks = clone / "var" / "postgres"
    locks.mkdir(parents=True)
    facts = {"home": home, "place": str(clone)}
    (locks / "address.json").write_text(json.dumps(facts))
    assert find_place(clone).home.parent == root_folder


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(UnsafePlace, match="not a folder of the user"):
        place._private(link, None)
