"""Pay from words: what is read, and what is rightly no pay."""

import csv
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscareers.core.salary import PayBand, PayPeriod
from postings.importers.salary_text import NoPay, PayReading, find_salary, read_salary
from tests.shared_data import ROOT, needs


def band(low: str, high: str, currency: str, period: str) -> PayReading:
    return PayReading(PayBand(Decimal(low), Decimal(high), currency, PayPeriod(period)))


READ = [
    ("$65K - $100K", band("65000", "100000", "USD", "year")),
    ("£50K - £75K GBP", band("50000", "75000", "GBP", "year")),
    ("$70,000 a year", band("70000", "70000", "USD", "year")),
    ("€3.200 – €3.800 per month", band("3200", "3800", "EUR", "month")),
    ("$24.50/hr", band("24.50", "24.50", "USD", "hour")),
    ("60000-80000 USD", band("60000", "80000", "USD", "year")),
    ("$65-100K", band("65000", "100000", "USD", "year")),
    ("£9.50 ph", band("9.50", "9.50", "GBP", "hour")),
    ("₹2,00,000 - ₹3,50,000 a year", band("200000", "350000", "INR", "year")),
    ("₹1.2M - ₹2M INR", band("1200000", "2000000", "INR", "year")),
    ("INR 4-6 LPA", band("400000", "600000", "INR", "year")),
    ("3,043 - 4,565 eur gross monthly", band("3043", "4565", "EUR", "month")),
    ("CA$80K - CA$100K", band("80000", "100000", "CAD", "year")),
    ("$80K - $100K CAD", band("80000", "100000", "CAD", "year")),
    ("65 000 € - 75 000 €", band("65000", "75000", "EUR", "year")),
    ("CHF 90'000 - 110'000", band("90000", "110000", "CHF", "year")),
    ("$1,200.50 to $1,300 per week", band("1200.50", "1300", "USD", "week")),
    ("$250 per day", band("250", "250", "USD", "day")),
    ("$65K\u00a0-\u00a0$100K", band("65000", "100000", "USD", "year")),
    ("£40,000 - £45,000 + bonus", band("40000", "45000", "GBP", "year")),
    ("From £40,000 to £50,000 per annum", band("40000", "50000", "GBP", "year")),
    ("Rs. 1,00,00.50 a month", band("10000.50", "10000.50", "INR", "month")),
    ("£1.000.00 a week", band("1000", "1000", "GBP", "week")),
    ("$40 per hour, 40 hours a week", band("40", "40", "USD", "hour")),
    ("Monthly: 2.500,50 EUR", band("2500.50", "2500.50", "EUR", "month")),
    ("£25-30k basic, £40-45k OTE", band("25000", "30000", "GBP", "year")),
    ("£30k + OTE", band("30000", "30000", "GBP", "year")),
    ("£9/hr LTD to £11/hr LTD", band("9", "11", "GBP", "hour")),
    ("£9p/hr to £9.50p/hr", band("9", "9.50", "GBP", "hour")),
    ("£41,000 a year (41K to 44K)", band("41000", "44000", "GBP", "year")),
    ("Up to £52,000 per year (£47,000 - £52,000)", band("47000", "52000", "GBP", "year")),
    ("£12 an hour + £3 an hour at night", band("12", "12", "GBP", "hour")),
    ("AED 150K - 180K", band("150000", "180000", "AED", "year")),
]


@pytest.mark.parametrize(("text", "reading"), READ, ids=[text for text, _ in READ])
def test_pay_is_read(text: str, reading: PayReading) -> None:
    assert read_salary(text) == reading


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Competitive", NoPay.NO_AMOUNT),
        ("", NoPay.NO_AMOUNT),
        ("10% bonus and 401(k)", NoPay.NO_AMOUNT),
        ("OTE £60k", NoPay.NOT_BASE_PAY),
        ("£25k - £35k OTE", NoPay.NOT_BASE_PAY),
        ("up to £40k", NoPay.ONE_END_ONLY),
        ("From ₹20,000 a month", NoPay.ONE_END_ONLY),
        ("$100,000+", NoPay.ONE_END_ONLY),
        ("$40,000 and up", NoPay.ONE_END_ONLY),
        ("$40,000 to negotiable", NoPay.ONE_END_ONLY),
        ("$40,000 a year ($40k+)", NoPay.ONE_END_ONLY),
        ("£11 an hour (junior), £13 an hour (trained)", NoPay.SEVERAL_BANDS),
        ("OTE £50k + £20k car", NoPay.NOT_BASE_PAY),
        ("AED 15,000 - 20,000", NoPay.NO_PERIOD),  # paid by the month there
        ("HKD 20K - 25K", NoPay.NO_PERIOD),
        ("$125 - $175", NoPay.NO_PERIOD),
        ("Weekly or monthly: 2.000 EUR", NoPay.NO_PERIOD),
        ("$2 bn", NoPay.ODD_BAND),
        ("14/hour", NoPay.NO_CURRENCY),
        ("£40,000 - €50,000", NoPay.TWO_CURRENCIES),
        ("$0 - $100K", NoPay.ODD_BAND),
        ("$100K - $50K", NoPay.ODD_BAND),
        ("$20 to $20800 per year", NoPay.ODD_BAND),
    ],
)
def test_what_needs_a_guess_is_no_pay(text: str, reason: NoPay) -> None:
    assert read_salary(text) == PayReading(None, reason)


def test_a_default_currency_fills_in_for_none_but_never_overrides() -> None:
    assert read_salary("14/hour", default_currency="GBP") == band("14", "14", "GBP", "hour")
    assert read_salary("€14/hour", default_currency="GBP") == band("14", "14", "EUR", "hour")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (
            "The base salary range for this role is $90,000 - $120,000 plus equity.",
            band("90000", "120000", "USD", "year"),
        ),
        ("Pay: £12.50 - £14 per hour.", band("12.50", "14", "GBP", "hour")),
        ("We raised $50M - $60M and pay attention.", PayReading(None, NoPay.NO_AMOUNT)),
        ("Salary review after 30 - 60 days.", PayReading(None, NoPay.NO_AMOUNT)),
        ("Compensation: $90K - $120K OTE", PayReading(None, NoPay.NO_AMOUNT)),
        ("A bonus of $1,000 - $2,000 a year", PayReading(None, NoPay.NO_AMOUNT)),
        (
            "Salary in NYC $90K - $120K. Salary in Ohio $70K - $90K.",
            PayReading(None, NoPay.SEVERAL_BANDS),
        ),
        (
            "Salary $90K - $120K. As said, the salary is $90K - $120K.",
            band("90000", "120000", "USD", "year"),
        ),
        ("Pay: $90K to $140K. Or hourly.", band("90000", "140000", "USD", "year")),
    ],
)
def test_a_description_gives_pay_only_where_it_says_so(text: str, reading: PayReading) -> None:
    assert find_salary(text) == reading


payish = st.text(alphabet="0123456789.,'kKmM$£€₹-–+ /()abehnoprstuyCDEGRSU\u00a0\n", max_size=60)


@given(payish | st.text(max_size=60))
def test_no_text_makes_it_fail_and_a_band_is_always_sound(text: str) -> None:
    for reading in (read_salary(text), find_salary(text), find_salary(f"salary {text}")):
        assert (reading.band is None) == (reading.reason is not None)
        if reading.band is not None:
            assert 0 < reading.band.minimum <= reading.band.maximum <= reading.band.minimum * 10


def test_a_text_of_pay_words_alone_takes_no_longer_than_another() -> None:
    begun = process_time()
    assert find_salary("pay " * 50_000 + "$50,000 - $60,000 a year").band is not None
    assert process_time() - begun < 1
    # Stretches that overlap find each amount once.
    two = find_salary("Base salary, pay: $50k - $60k. Pay of $70k - $80k.")
    assert two.reason is NoPay.SEVERAL_BANDS


@given(st.integers(10, 400), st.integers(0, 200))
def test_thousands_read_the_same_however_written(low: int, more: int) -> None:
    high = low + more
    expected = band(f"{low}000", f"{high}000", "USD", "year")
    if high > low * 10:
        expected = PayReading(None, NoPay.ODD_BAND)
    for text in (
        f"${low}K - ${high}K",
        f"${low}k–{high}k per year",
        f"USD {low},000 to {high},000 a year",
        f"{low}.000 - {high}.000 USD p.a.",
    ):
        assert read_salary(text) == expected


@needs("text/salary_strings.csv")
def test_most_real_salary_strings_are_read_and_the_rest_for_known_reasons() -> None:
    home = {"adzuna_uk": "GBP", "indeed": "INR", "yc_nyc": "USD"}
    with (ROOT / "text/salary_strings.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    readings = [read_salary(row["raw"], default_currency=home[row["source"]]) for row in rows]
    assert len(readings) == 1695
    assert sum(1 for reading in readings if reading.band) >= 1550
    assert {reading.reason for reading in readings} <= {
        None,
        NoPay.ODD_BAND,
        NoPay.ONE_END_ONLY,
        NoPay.NOT_BASE_PAY,
        NoPay.NO_PERIOD,
        NoPay.SEVERAL_BANDS,
    }
