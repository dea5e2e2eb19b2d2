"""Make a stranger's file a picture that is safe to serve: by its content, never by its name."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 40_000_000  # unpacked, that is 120 MB of memory for a moment
MIN_SIDE = 600  # pixels: at 200 dpi that is 7.6 cm, the least that is worth printing
FORMATS = {"JPEG": "jpg", "PNG": "png"}


class PictureRefusedError(Exception):
    """The file cannot be printed; the message tells the visitor why and what to do."""


@dataclass(frozen=True)
class Picture:
    """A clean picture: its bytes as we wrote them, its kind and its size in pixels."""

    data: bytes
    extension: str
    width: int
    height: int


def clean_picture(file: IO[bytes]) -> Picture:
    """Return the picture in a file, drawn anew: upright, without EXIF, and nothing but pixels.

    What we write ourselves holds no place, no camera, no thumbnail and no second file behind the
    first. Raises PictureRefusedError.
    """
    try:
        return _drawn_anew(Image.open(file, formats=list(FORMATS)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise PictureRefusedError("This is neither a PNG nor a JPEG picture.") from None
    except (OSError, SyntaxError, ValueError):  # what Pillow raises for a file that is cut or bent
        raise PictureRefusedError(
            "This picture is damaged: it could not be read to its end. Save it anew and try again."
        ) from None


def _drawn_anew(image: Image.Image) -> Picture:
    kind = str(image.format)
    _require_size(image.width, image.height)  # before a single pixel is unpacked
    upright = ImageOps.exif_transpose(image)
    pixels = upright.convert("RGBA" if kind == "PNG" and upright.has_transparency_data else "RGB")
    out = BytesIO()
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    # A new image: nothing that Pillow carries along in `info` can slip through.
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    quality = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
    bare.save(out, kind, icc_profile=profile, **quality)
    return Picture(out.getvalue(), FORMATS[kind], bare.width, bare.height)


def _require_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_SIDE:
        raise PictureRefusedError(
            f"This picture is {width} × {height} pixels. Each side must have at least {MIN_SIDE} "
            "to look sharp in print."
        )


def _too_many_pixels() -> PictureRefusedError:
    return PictureRefusedError(
        f"This picture has too many pixels: {MAX_PIXELS // 1_000_000} million is the most."
    )
