"""What the risk rules are worth on labelled ads: `make bench`."""

import pytest

from bench.risk_curve import Curve
from bench.risk_data import FILE
from bench.risk_measure import Measured, measure
from tests.shared_data import ROOT, needs


@needs(FILE)
def test_risk_rules(capsys: pytest.CaptureFixture[str]) -> None:
    measured = measure(ROOT / FILE)
    with capsys.disabled():
        report(measured)


def report(measured: Measured) -> None:
    """Print each rule's hits, and the curves over the repeats."""
    frauds, reals = measured.frauds, measured.reals
    print(
        f"\nRisk rules: {frauds} frauds and {reals} honest ads in {measured.labelled.groups}"
        f" groups, {measured.labelled.left_out} ads without description left out"
    )
    print(f"  {'rule':18}{'frauds':>8}{'':7}{'honest':>8}{'':7}{'precision':>10}{'points':>8}")
    for rule in measured.rules:
        counts = measured.counts[rule.code]
        hits = counts.frauds + counts.reals
        precision = f"{counts.frauds / hits:.2f}" if hits else "–"
        print(
            f"  {rule.code:18}{counts.frauds:8}{counts.frauds / frauds:7.1%}"
            f"{counts.reals:8}{counts.reals / reals:7.1%}{precision:>10}"
            f"{measured.model.points[rule.code]:8}"
        )
    for curve in measured.curves:
        print_curve(curve, measured.repeats)


def print_curve(curve: Curve, repeats: int) -> None:
    mean, least, most = curve.area
    print(f"  {curve.name}: AUC {mean:.3f} ({least:.3f}–{most:.3f} over {repeats} repeats)")
    for rate, (recall, low, high, spread) in curve.at.items():
        print(
            f"    at {rate:4.0%} false positives: recall {recall:.3f} ± {spread:.3f}"
            f" ({low:.3f}–{high:.3f})"
        )
