"""Text that was UTF-8 but was read as Windows-1252, set right again. Pure.

Conservative: only sequences that hardly occur in real text are turned back, each by itself, so a
text that is half right keeps its right half. `É’` at the end of a quoted word, say, is left alone.
"""

import re
from typing import Final

# Every byte as the character that Windows-1252 shows for it; its five holes as Latin-1 does.
_BYTE: Final = {
    bytes([b]).decode("cp1252", errors="ignore") or chr(b): b for b in range(0x80, 0x100)
} | {chr(b): b for b in range(0x80, 0xA0)}
_CONTINUATION: Final = "".join(re.escape(c) for c, b in _BYTE.items() if b < 0xC0)
_SURE: Final = re.compile(
    rf"â[{_CONTINUATION}]{{2}}"  # dashes, quotes, bullets, the euro, arrows
    rf"|ï[»¬¼½¿][{_CONTINUATION}]"  # byte order mark, ligatures, full-width signs
    rf"|ðŸ[{_CONTINUATION}]{{2}}"  # emoji
    rf"|Â[{_CONTINUATION}]"  # no-break space and Latin-1 signs
    "|Ã[\u00a0-\u00bf]"  # small letters with accents
)
_LIKELY: Final = re.compile(rf"Ã[{_CONTINUATION}]")  # capitals: only beside a sure one
_LOST_END: Final = re.compile(r"â€(?=[\s.,;:!?)\]]|$)")  # a closing quote, its last byte gone
_PASSES: Final = 3  # some text went through it twice


def repair_mojibake(text: str) -> str:
    """`text` with wrongly decoded sequences as the characters that were meant."""
    for _ in range(_PASSES):
        if _SURE.search(text) is None:
            return text
        text = _LIKELY.sub(_redecode, _SURE.sub(_redecode, text))
        text = _LOST_END.sub("”", text)
    return text


def _redecode(found: re.Match[str]) -> str:
    return bytes(_BYTE[c] for c in found.group()).decode("utf-8", errors="replace")
