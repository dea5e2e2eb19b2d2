"""Turn an uploaded file into an image that is safe to serve: by its content, never by its name."""

from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 25_000_000  # decoded, that is 100 MB, and up to three times that for a moment
MIN_SIDE = 600  # pixels: 7.6 cm at 200 dpi; anything smaller is not worth printing
FORMATS = {"JPEG": "jpg", "PNG": "png"}
_FORMAT_ALIASES = {"MPO": "JPEG"}  # of many phones: a JPEG with a second one behind it
_DECODE_LOCK = Lock()  # one image at a time in a process, to limit the memory


class ImageRefusedError(Exception):
    """A file that cannot be printed; the message is for the visitor: why, and what to do."""


@dataclass(frozen=True)
class CleanImage:
    """A re-encoded image: its bytes as we wrote them, its extension and its size in pixels."""

    data: bytes
    extension: str
    width: int
    height: int


def clean_image(file: IO[bytes]) -> CleanImage:
    """Return the image in a file, re-encoded: upright, without EXIF, and nothing but pixels.

    The new file holds no place, no camera, no thumbnail and no second file behind the first. Raises
    ImageRefusedError.
    """
    try:
        with _DECODE_LOCK, Image.open(file, formats=list(FORMATS)) as image:
            return _re_encode(image)
    except ImageRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise ImageRefusedError("This is neither a PNG nor a JPEG picture.") from None
    except Exception:  # noqa: BLE001 -- for a damaged file Pillow may raise anything
        raise ImageRefusedError(
            "This picture is damaged: it could not be read to its end. Save it again and retry."
        ) from None


def _re_encode(image: Image.Image) -> CleanImage:
    image_format = _FORMAT_ALIASES.get(str(image.format), str(image.format))
    _require_size(image.width, image.height)  # before any pixel is decoded
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    is_transparent = image_format == "PNG" and image.has_transparency_data
    pixels = _turn_upright(_to_eight_bits(image)).convert("RGBA" if is_transparent else "RGB")
    pixels.info = {}  # metadata that Pillow would write again
    out = BytesIO()
    quality = {"quality": 95, "subsampling": 0} if image_format == "JPEG" else {}
    pixels.save(out, image_format, icc_profile=profile, **quality)
    return CleanImage(out.getvalue(), FORMATS[image_format], pixels.width, pixels.height)


def _turn_upright(image: Image.Image) -> Image.Image:
    """Rotate the image as its EXIF orientation says; invalid EXIF is ignored."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 -- EXIF is parsed here, and may hold anything
        return image


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Convert 16-bit grey to 8-bit grey; Pillow's own conversion would clip it to white."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")


def _require_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_SIDE:
        raise ImageRefusedError(
            f"This picture is {width} × {height} pixels. Each side must have at least {MIN_SIDE} "
            "to look sharp in print."
        )


def _too_many_pixels() -> ImageRefusedError:
    return ImageRefusedError(
        f"This picture has too many pixels: {MAX_PIXELS // 1_000_000} million is the most."
    )
