"""PDF files made by hand: good ones, torn ones, and those that are meant to hurt."""

import zlib
from collections.abc import Sequence
from io import BytesIO

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, trailer, len(out))
    )


def stream(data: bytes, *, more: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), more, data)


def packed(data: bytes, *, times: int = 1) -> bytes:
    """A stream that unpacks to `data` in so many steps."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, more=b"/Filter[%b]" % (b"/FlateDecode " * times))


def document(
    content: bytes,
    *more: bytes,
    pages: int = 1,
    catalogue: bytes = b"",
    font: bytes = FONT,
    trailer: bytes = b"",
) -> bytes:
    """So many pages that all draw `content`, an object; `more` objects begin at number 6."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%b>>" % catalogue,
            b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * pages, pages),
            page + b"/Resources<</Font<</F1 5 0 R>>>>>>",
            content,
            font,
            *more,
        ],
        trailer=trailer,
    )


def written(*lines: str) -> bytes:
    """The drawing of these lines of text."""
    shown = b" ".join(
        b"(%b) Tj T*" % line.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)")
        for line in lines
    )
    return b"BT /F1 12 Tf 14 TL 50 700 Td %b ET" % shown


def locked(plain: bytes, *, reader: str, owner: str = "0wner") -> bytes:
    """The same behind a password; an empty one for `reader` only forbids printing and the like."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(plain)))
    writer.encrypt(reader, owner, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
