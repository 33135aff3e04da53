"""How well terms of the taxonomy are found in real ads, on sentences labelled by hand.

`make bench` prints precision and recall by sample (bench/labels/skill_sentences.tsv: file, line and
offsets in the source's own text; terms with offsets, a "?" before one that may be found or not, a
"!" before one that the sentence says is not asked). SkillSpan and Green are reported beside it:
their spans know no taxonomy. `python -m bench.bench_extract` lists what is wrong.
"""

import argparse
import csv
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from profiles.taxonomy.extract import Mention, extract
from profiles.taxonomy.shipped import shipped_vocabulary
from tests.shared_data import ROOT, needs

LABELS = Path(__file__).resolve().parent / "labels" / "skill_sentences.tsv"
FILES = ("nyc", "startups", "remote")
ANNOTATED = "annotated/skillspan_test.jsonl"
GREEN = "annotated/green2022_testset.txt"
_TERM = re.compile(r"([?!]?)([a-z0-9-]+):(\d+)-(\d+)(?:@(\d+))?")


@dataclass(frozen=True, slots=True)
class Label:
    mark: str
    slug: str
    start: int
    end: int
    years: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is cut out of the description; offsets of its labels count from its beginning."""

    key: str
    sample: str
    cue: str
    text: str
    labels: tuple[Label, ...]


def descriptions(file: str) -> list[str]:
    lines = (ROOT / "postings" / f"{file}.jsonl").read_text("utf-8").split("\n")
    return [str(json.loads(line).get("description") or "") for line in lines if line.strip()]


def sentences() -> Iterator[Sentence]:
    texts = {file: descriptions(file) for file in FILES}
    with LABELS.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, dialect="excel-tab", quoting=csv.QUOTE_NONE):
            start, end = int(row["start"]), int(row["end"])
            labels = tuple(
                Label(mark, slug, int(a) - start, int(b) - start, int(years) if years else None)
                for mark, slug, a, b, years in _TERM.findall(row["terms"])
            )
            text = texts[row["file"]][int(row["line"]) - 1][start:end]
            key = f"{row['file']}:{row['line']}:{start}"
            yield Sentence(key, row["sample"], row["cue"], text, labels)


@dataclass(slots=True)
class Score:
    sentences: int = 0
    wanted: int = 0
    right: int = 0
    wrong: int = 0
    spans: int = 0
    """Of the right ones, those whose words overlap the labelled ones."""
    years_wanted: int = 0
    years_right: int = 0
    years_wrong: int = 0
    negated_wanted: int = 0
    negated_right: int = 0
    negated_wrong: int = 0
    cues_wanted: int = 0
    cues_right: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def add(self, sentence: Sentence, mentions: list[Mention]) -> tuple[set[str], set[str]]:
        """Count a sentence; what was found wrongly, and what was missed."""
        asked = {label.slug: label for label in sentence.labels if not label.mark}
        free = {label.slug for label in sentence.labels if label.mark == "?"}
        denied = {label.slug for label in sentence.labels if label.mark == "!"}
        found: dict[str, Mention] = {}
        for mention in mentions:
            if not mention.negated:
                found.setdefault(mention.slug, mention)
        no = {mention.slug for mention in mentions if mention.negated}
        right = asked.keys() & found.keys()
        wrong = found.keys() - asked.keys() - free
        self.sentences += 1
        self.wanted += len(asked)
        self.right += len(right)
        self.wrong += len(wrong)
        self.negated_wanted += len(denied)
        self.negated_right += len(denied & no)
        self.negated_wrong += len(no & asked.keys())
        for slug in right:
            label, mention = asked[slug], found[slug]
            self.spans += mention.start < label.end and label.start < mention.end
            self.years_wanted += label.years is not None
            self.years_right += label.years is not None and mention.years == label.years
            self.years_wrong += mention.years is not None and mention.years != label.years
            if sentence.cue != "none":
                wanted = "required" if sentence.cue == "must" else "preferred"
                self.cues_wanted += 1
                self.cues_right += mention.cue == wanted
        return wrong, set(asked.keys() - found.keys())


def measure(show: str = "") -> dict[str, Score]:
    known, scores = shipped_vocabulary(), dict[str, Score]()
    for sentence in sentences():
        score = scores.setdefault(sentence.sample, Score())
        wrong, missed = score.add(sentence, extract(sentence.text, known))
        if show == sentence.sample and (wrong or missed):
            print(sentence.key, "wrong", sorted(wrong), "missed", sorted(missed))
            print("   ", " ".join(sentence.text.split()))
    return scores


@needs(*(f"postings/{file}.jsonl" for file in FILES))
def test_extract(capsys: pytest.CaptureFixture[str]) -> None:
    scores = measure()
    with capsys.disabled():
        print("\nSkills from text, sentences labelled by hand:")
        for sample, score in scores.items():
            print_score(sample, score)
        speed()
    for sample, score in scores.items():
        assert score.precision >= 0.85, sample
        assert score.recall >= 0.6, sample


def print_score(sample: str, score: Score) -> None:
    print(f"  {sample}: {score.sentences} sentences, {score.wanted} terms;", end=" ")
    print(f"precision {score.precision:.3f}, recall {score.recall:.3f},", end=" ")
    print(
        f"{score.right} right ({score.spans} at the labelled words), {score.wrong} wrong;", end=" "
    )
    print(f"years {score.years_right} of {score.years_wanted}, {score.years_wrong} wrong;", end=" ")
    print(f"not asked {score.negated_right} of {score.negated_wanted},", end=" ")
    print(f"{score.negated_wrong} wrong; cues {score.cues_right} of {score.cues_wanted}")


def speed() -> None:
    known = shipped_vocabulary()
    for file in FILES:
        texts = descriptions(file)
        began = time.process_time()
        found = [len({m.slug for m in extract(text, known) if not m.negated}) for text in texts]
        seconds = time.process_time() - began
        three = sum(number >= 3 for number in found)
        print(f"  {file}: {len(texts)} ads, {1000 * seconds / len(texts):.2f} ms each,", end=" ")
        print(
            f"{sum(found) / len(found):.1f} terms each, {three / len(found):.1%} with three or more"
        )


@needs(ANNOTATED, GREEN)
def test_annotated(capsys: pytest.CaptureFixture[str]) -> None:
    """Spans of others: how many of ours overlap one of theirs, how many of theirs one of ours."""
    with capsys.disabled():
        print(
            "\nSkills from text beside other people's spans (no taxonomy of ours; reported only):"
        )
        for name, sets in (("SkillSpan test", skillspan()), ("Green test", green())):
            print(f"  {name}: {overlap(sets)}")


Marked = tuple[list[str], list[bool]]


def skillspan() -> Iterator[Marked]:
    for line in (ROOT / ANNOTATED).read_text("utf-8").splitlines():
        row = json.loads(line)
        tags = zip(row["tags_skill"], row["tags_knowledge"], strict=True)
        yield row["tokens"], [skill != "O" or knowledge != "O" for skill, knowledge in tags]


def green() -> Iterator[Marked]:
    tokens: list[str] = []
    marks: list[bool] = []
    for line in [*(ROOT / GREEN).read_text("utf-8").splitlines(), ""]:
        parts = line.split()
        if len(parts) >= 2:
            tokens.append(parts[0])
            marks.append("Skill" in parts[-1])
        elif tokens:
            yield tokens, marks
            tokens, marks = [], []


def overlap(sets: Iterator[Marked]) -> str:
    known, counts = shipped_vocabulary(), Counter[str]()
    for tokens, marks in sets:
        offsets, at = [], 0
        for token in tokens:
            offsets.append((at, at + len(token)))
            at += len(token) + 1
        theirs = spans(marks, offsets)
        ours = [(m.start, m.end) for m in extract(" ".join(tokens), known) if not m.negated]
        counts["sentences"] += 1
        counts["theirs"] += len(theirs)
        counts["ours"] += len(ours)
        counts["met"] += sum(any(a < d and c < b for c, d in theirs) for a, b in ours)
        counts["reached"] += sum(any(a < d and c < b for c, d in ours) for a, b in theirs)
    met = counts["met"] / max(1, counts["ours"])
    reached = counts["reached"] / max(1, counts["theirs"])
    return (
        f"{counts['sentences']} sentences, {counts['theirs']} spans of theirs, {counts['ours']} of"
        f" ours; {met:.1%} of ours overlap theirs, {reached:.1%} of theirs overlap ours"
    )


def spans(marks: list[bool], offsets: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for index, mark in enumerate(marks):
        if mark and index and marks[index - 1]:
            found[-1] = (found[-1][0], offsets[index][1])
        elif mark:
            found.append(offsets[index])
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", default="tune")
    for sample, score in measure(parser.parse_args().sample).items():
        print_score(sample, score)


if __name__ == "__main__":
    main()
