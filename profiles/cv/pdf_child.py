"""Run as a program: a PDF on standard input, its text as JSON on standard output.

A process of its own because reading a hostile PDF may take any amount of memory and time; the
limits are set here before a byte is read, and the parent watches the clock besides. Nothing of the
product is imported, so there is no connection, setting or secret to reach.
"""

import json
import resource
import sys
from io import BytesIO

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 8
FILES = 32
MOST_BYTES = 5 * 1024 * 1024
MOST_PAGES = 30
MOST_CHARACTERS = 100_000
MOST_UNPACKED = 30_000_000
MOST_OPERANDS = 100_000


def main() -> None:
    """Write `{"text": …}` or `{"refused": why}`."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):
            if sys.platform == "linux":
                raise  # elsewhere some of these limits are unknown
    json.dump(_answer(sys.stdin.buffer.read(MOST_BYTES)), sys.stdout)


def _answer(data: bytes) -> dict[str, str]:
    from pypdf import overwrite_configuration  # noqa: PLC0415  only below the limits
    from pypdf.errors import (  # noqa: PLC0415
        DependencyError,
        FileNotDecryptedError,
        LimitReachedError,
    )

    overwrite_configuration(
        maximum_declared_stream_length=MOST_BYTES,
        array_based_stream_maximum_output_length=MOST_UNPACKED,
        lzw_maximum_output_length=MOST_UNPACKED,
        run_length_maximum_output_length=MOST_UNPACKED,
        zlib_maximum_output_length=MOST_UNPACKED,
        brotli_maximum_output_length=MOST_UNPACKED,
        stream_decoding_work_maximum_length=2 * MOST_UNPACKED,
        stream_parsing_work_maximum_count=MOST_OPERANDS,
        page_tree_maximum_entries=5_000,
        jbig2dec_binary=None,
    )
    try:
        return _read(data)
    except (FileNotDecryptedError, DependencyError):
        return {"refused": "locked"}
    except (LimitReachedError, MemoryError):
        return {"refused": "heavy"}
    except Exception:  # a torn file fails anywhere, and with anything
        return {"refused": "broken"}


def _read(data: bytes) -> dict[str, str]:
    from pypdf import PdfReader  # noqa: PLC0415

    # Of a document that is only locked against printing or copying the password is empty.
    pages = PdfReader(BytesIO(data)).pages
    count = len(pages)
    if count > MOST_PAGES:
        return {"refused": "long"}
    parts: list[str] = []
    left = MOST_CHARACTERS
    for number in range(count):
        part = pages[number].extract_text()[:left]
        parts.append(part)
        left -= len(part)
    text = "\n\n".join(parts)
    if not any(character.isalnum() for character in text):
        return {"refused": "pictures" if count else "broken"}
    return {"text": text}


if __name__ == "__main__":
    main()
