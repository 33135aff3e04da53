"""Uploaded pictures: checked by decoding, and written anew so that nothing comes along."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES: Final = 1_000_000
MAX_PIXELS: Final = 16_000_000
"""A picture that unpacks to more is refused before it is unpacked."""
MAX_SIDE: Final = 512
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
SUFFIX: Final = ".webp"


class BadPicture(Exception):
    """The upload is no picture that we take; the text is a sentence for the person."""


def re_encode(data: bytes) -> bytes:
    """The picture as WebP, at most `MAX_SIDE` pixels wide and high, without metadata.

    Of an animation the first frame stays. Raises BadPicture.
    """
    if len(data) > MAX_BYTES:
        raise BadPicture("The file is larger than 1 MB. Choose a smaller one.")
    try:
        picture = _decoded(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPicture(_TOO_MANY_PIXELS) from error
    # Pillow's decoders raise all of these for torn files.
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise BadPicture(
            "We can’t read this file. Choose a PNG, JPEG, WebP or GIF file."
        ) from error
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    written = BytesIO()
    # A copy without `info`: no EXIF, no colour profile, no text chunks.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    bare.save(written, "WEBP", quality=90)
    return written.getvalue()


_TOO_MANY_PIXELS: Final = "The picture has too many pixels. Choose one of at most 4,000 by 4,000."


def _decoded(data: bytes) -> Image.Image:
    Image.open(BytesIO(data), formats=FORMATS).verify()
    opened = Image.open(BytesIO(data), formats=FORMATS)
    if opened.width * opened.height > MAX_PIXELS:
        raise BadPicture(_TOO_MANY_PIXELS)
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    return upright.convert("RGBA")
