"""The shape of a JSON Resume against the schema, its own cases, and a Draft 7 validator."""

import json
from typing import Any

import jsonschema
import pytest

from profiles.json_resume import MOST_PROBLEMS, problems
from tests.shared_data import ROOT, needs

FOLDER = ROOT / "schemas" / "jsonresume"


def pointers(document: object) -> list[str]:
    return [problem.pointer for problem in problems(document)]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, []),
        ({"basics": {"name": "Ada", "more": 1}, "x-else": None}, []),
        ({"work": [{"startDate": "2020"}, {"startDate": "2020-06", "endDate": "2021-06-30"}]}, []),
        (None, [""]),
        ([], [""]),
        ({"basics": []}, ["/basics"]),
        ({"basics": {"location": {"city": 3}}}, ["/basics/location/city"]),
        ({"skills": [{"keywords": ["a", 1]}, "b"]}, ["/skills/0/keywords/1", "/skills/1"]),
        ({"work": [{"startDate": "2020-6"}]}, ["/work/0/startDate"]),
        ({"work": [{"startDate": "2020\n"}]}, ["/work/0/startDate"]),
        ({"meta": None, "languages": {}}, ["/languages", "/meta"]),
    ],
)
def test_each_error_has_its_pointer(document, expected):
    assert pointers(document) == expected


def test_not_more_errors_than_anybody_reads():
    assert len(problems({"skills": [1] * 1_000})) == MOST_PROBLEMS


@needs("schemas/jsonresume/schema.json")
def test_the_cases_of_the_schema_are_judged_as_a_validator_judges_them():
    schema = json.loads((FOLDER / "schema.json").read_text())
    validator = jsonschema.Draft7Validator(schema)
    verdicts = {True: 0, False: 0}
    for path in sorted(FOLDER.glob("testsuite/*.json")) + sorted(FOLDER.glob("*.resume.json")):
        found = json.loads(path.read_text())
        cases: dict[str, Any] = found if path.parent.name == "testsuite" else {path.name: found}
        for name, case in cases.items():
            told = {"/".join(["", *map(str, e.absolute_path)]) for e in validator.iter_errors(case)}
            assert set(pointers(case)) == told, (path.name, name)
            verdicts[not told] += 1
    assert min(verdicts.values()) > 50


@needs("schemas/jsonresume/schema.json")
def test_the_shape_has_every_key_of_the_schema():
    """A value of no kind is refused at each place where the schema asks for one."""
    schema = json.loads((FOLDER / "schema.json").read_text())

    def places(part: dict[str, Any], pointer: str) -> list[str]:
        inner = part.get("properties", {})
        found = [p for name, one in inner.items() for p in places(one, f"{pointer}/{name}")]
        if "items" in part:
            found += places(part["items"], f"{pointer}/0")
        return [*found, pointer] if pointer else found

    def holding(pointer: str) -> object:
        document: object = 3
        for step in reversed(pointer.split("/")[1:]):
            document = [document] if step == "0" else {step: document}
        return document

    every = places(schema, "")
    assert len(every) > 100
    for pointer in every:
        assert pointers(holding(pointer)) == [pointer]
