from enum import StrEnum

import pytest

import cscareers.core.salary
import postings.enums
import profiles.enums
from postings.enums import Level, RejectionReason, WorkMode
from postings.labels import LABELS, REJECTION_SENTENCES, SKILL_LEVELS, choices, label


def _enums() -> list[type[StrEnum]]:
    modules = (postings.enums, profiles.enums, cscareers.core.salary)
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
    ]


def test_every_coded_value_has_words_and_no_two_of_an_enum_share_them() -> None:
    assert set(LABELS) == set(_enums())
    for enum in _enums():
        assert list(LABELS[enum]) == list(enum)
        words = list(LABELS[enum].values())
        assert len(set(words)) == len(words)
        assert all(word and word == word.strip() for word in words)


def test_choices_keep_the_order_of_the_enum() -> None:
    assert choices(WorkMode) == [
        ("onsite", "On site"),
        ("hybrid", "Hybrid"),
        ("remote", "Remote"),
    ]
    assert [value for value, _ in choices(Level)] == [level.value for level in Level]


def test_label_of_one_member() -> None:
    assert label(Level.SENIOR_MANAGER) == "Senior manager"


def test_a_value_without_words_is_an_error() -> None:
    class Other(StrEnum):
        X = "x"

    with pytest.raises(KeyError):
        label(Other.X)


def test_each_rejection_reason_has_a_sentence_and_each_skill_level_a_word() -> None:
    assert set(REJECTION_SENTENCES) == set(RejectionReason)
    assert all(text.endswith(".") for text in REJECTION_SENTENCES.values())
    assert list(SKILL_LEVELS) == [1, 2, 3, 4]
