"""Make a stranger's file a picture that is safe to serve: by its content, never by its name."""

from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 25_000_000  # unpacked, that is 100 MB, and up to three times that for a moment
MIN_SIDE = 600  # pixels: at 200 dpi that is 7.6 cm, the least that is worth printing
FORMATS = {"JPEG": "jpg", "PNG": "png"}
_KINDS = {"MPO": "JPEG"}  # what phones take: a JPEG with a second one behind it
_ONE_AT_A_TIME = Lock()  # in one process: it is memory that many at once would take


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
        with _ONE_AT_A_TIME, Image.open(file, formats=list(FORMATS)) as image:
            return _drawn_anew(image)
    except PictureRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise PictureRefusedError("This is neither a PNG nor a JPEG picture.") from None
    except Exception:  # noqa: BLE001 -- a file that is cut or bent makes Pillow raise anything
        raise PictureRefusedError(
            "This picture is damaged: it could not be read to its end. Save it anew and try again."
        ) from None


def _drawn_anew(image: Image.Image) -> Picture:
    kind = _KINDS.get(str(image.format), str(image.format))
    _require_size(image.width, image.height)  # before a single pixel is unpacked
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    see_through = kind == "PNG" and image.has_transparency_data
    pixels = _upright(_eight_bits(image)).convert("RGBA" if see_through else "RGB")
    pixels.info = {}  # notes that Pillow would write again
    out = BytesIO()
    quality = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
    pixels.save(out, kind, icc_profile=profile, **quality)
    return Picture(out.getvalue(), FORMATS[kind], pixels.width, pixels.height)


def _upright(image: Image.Image) -> Image.Image:
    """Turn the picture as its camera noted; a note that makes no sense is left alone."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 -- EXIF is parsed here, and may hold anything
        return image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return grey of 16 bits as grey of 8: Pillow's own conversion would cut it off at white."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")


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
