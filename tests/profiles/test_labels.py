from profiles.enums import EmployerSize, Industry, MemberRole
from profiles.labels import ROLE_SENTENCES, choices, label


def test_label_of_one_member() -> None:
    assert label(Industry.BPO) == "Outsourced contact centres (BPO)"


def test_every_role_says_what_it_may_do() -> None:
    assert list(ROLE_SENTENCES) == list(MemberRole)


def test_choices_keep_the_order_of_the_enum() -> None:
    assert choices(MemberRole) == [
        ("owner", "Owner"),
        ("recruiter", "Recruiter"),
        ("interviewer", "Interviewer"),
        ("viewer", "Viewer"),
    ]
    assert [value for value, _ in choices(EmployerSize)] == [s.value for s in EmployerSize]
