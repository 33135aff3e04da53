from profiles.enums import EmployerSize, Industry, MemberRole
from profiles.labels import choices, label


def test_label_of_one_member() -> None:
    assert label(Industry.BPO) == "Outsourced contact centres (BPO)"


def test_choices_keep_the_order_of_the_enum() -> None:
    assert choices(MemberRole) == [("owner", "Owner"), ("recruiter", "Recruiter")]
    assert [value for value, _ in choices(EmployerSize)] == [s.value for s in EmployerSize]
