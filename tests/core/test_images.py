"""Uploaded pictures."""

from io import BytesIO
from zlib import crc32

import pytest
from PIL import Image, PngImagePlugin

from cscareers.core import images


def picture(fmt="PNG", size=(1200, 600), mode="RGB", **options):
    written = BytesIO()
    Image.new(mode, size, "red" if mode != "RGBA" else (255, 0, 0, 0)).save(written, fmt, **options)
    return written.getvalue()


@pytest.mark.parametrize("fmt", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_written_anew_and_made_small(fmt):
    with Image.open(BytesIO(images.re_encode(picture(fmt)))) as result:
        assert (result.format, result.size) == ("WEBP", (512, 256))


def test_nothing_comes_along():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>secret</script>")
    exif = Image.Exif()
    exif[0x010E] = "secret"
    written = images.re_encode(picture(pnginfo=notes, exif=exif) + b"secret tail")
    with Image.open(BytesIO(written)) as result:
        assert (b"secret" in written, dict(result.getexif())) == (False, {})


def test_transparency_stays():
    with Image.open(BytesIO(images.re_encode(picture(mode="RGBA")))) as result:
        assert result.convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        picture()[:60],
        picture("BMP", size=(20, 20)),
    ],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(images.BadPicture, match="PNG, JPEG, WebP or GIF"):
        images.re_encode(data)


@pytest.mark.parametrize(("width", "height"), [(5000, 4000), (12_000, 12_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(width, height):
    # A tiny file whose header promises very many pixels.
    data = bytearray(picture(size=(8, 8)))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = crc32(bytes(data[12:29])).to_bytes(4, "big")
    with pytest.raises(images.BadPicture, match="too many pixels"):
        images.re_encode(bytes(data))


def test_a_large_file_is_refused():
    with pytest.raises(images.BadPicture, match="1 MB"):
        images.re_encode(b"x" * (images.MAX_BYTES + 1))
