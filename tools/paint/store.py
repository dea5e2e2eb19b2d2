"""Write the masters, the thumbnails and the seed files; no other module writes to disk."""

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tools.paint.canvas import Picture
from tools.paint.catalogue import Artwork, Creator

_ROOT = Path(__file__).parents[2]
_ART = _ROOT / "static" / "art"
_SEED = _ROOT / "gallery" / "management" / "seed"

_MASTER_BYTES = 600_000
_MASTER_QUALITIES = range(90, 74, -1)
_WIDTHS = (320, 640, 1280)
_AVIF_BYTES = {320: 18_000, 640: 45_000, 1280: 140_000}
_AVIF_QUALITIES = (66, 62, 58, 54, 50, 45, 40)
_WEBP_BYTES = {320: 26_000, 640: 66_000, 1280: 200_000}
_WEBP_QUALITIES = (82, 78, 74, 70, 65, 60, 54)
_PLACEHOLDER_BYTES = 207
"""About as many as fit into a data URI of 300 characters."""


def save_picture(*, artwork: Artwork, picture: Picture) -> int:
    """Write an artwork's master and thumbnails; return the bytes of the master."""
    _ART.mkdir(parents=True, exist_ok=True)
    pixels = (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
    image = Image.fromarray(pixels)
    master = _encode(
        image, "JPEG", _MASTER_QUALITIES, _MASTER_BYTES, optimize=True, progressive=True
    )
    (_ART / f"{artwork.slug}.jpg").write_bytes(master)
    for width in _WIDTHS:
        small = image.resize(
            (width, round(image.height * width / image.width)), Image.Resampling.LANCZOS
        )
        avif = _encode(small, "AVIF", _AVIF_QUALITIES, _AVIF_BYTES[width], speed=6, max_threads=1)
        webp = _encode(small, "WEBP", _WEBP_QUALITIES, _WEBP_BYTES[width], method=6)
        (_ART / f"{artwork.slug}-{width}.avif").write_bytes(avif)
        (_ART / f"{artwork.slug}-{width}.webp").write_bytes(webp)
    return len(master)


def save_seed(*, artworks: Sequence[Artwork], creators: Sequence[Creator]) -> None:
    """Write the files that the command `seed` loads; every master must exist."""
    _SEED.mkdir(parents=True, exist_ok=True)
    _write_json(_SEED / "artworks.json", [_seed_row(artwork) for artwork in artworks])
    _write_json(_SEED / "creators.json", [asdict(creator) for creator in creators])


def is_painted(artwork: Artwork) -> bool:
    """Return whether the artwork's master exists."""
    return (_ART / f"{artwork.slug}.jpg").exists()


def _encode(
    image: Image.Image, kind: str, qualities: Sequence[int], limit: int, **options: int
) -> bytes:
    """Encode at the best of `qualities` (best first) that fits into `limit`, or at the last."""

    def encode_at(quality: int) -> bytes:
        buffer = io.BytesIO()
        image.save(buffer, kind, quality=quality, **options)
        return buffer.getvalue()

    best = b""
    low, high = 0, len(qualities) - 1
    while low <= high:
        middle = (low + high) // 2
        data = encode_at(qualities[middle])
        if len(data) <= limit:
            best, high = data, middle - 1
        else:
            low = middle + 1
    return best or encode_at(qualities[-1])


def _seed_row(artwork: Artwork) -> dict[str, object]:
    with Image.open(_ART / f"{artwork.slug}.jpg") as master:
        image = master.convert("RGB")
    return {
        "slug": artwork.slug,
        "title": artwork.title,
        "prompt": artwork.prompt,
        "creator": artwork.creator,
        "category": artwork.category,
        "model": artwork.model,
        "width": image.width,
        "height": image.height,
        "placeholder": _placeholder(image),
        "colour": _dominant(image),
        "published": artwork.published.isoformat().replace("+00:00", "Z"),
    }


def _placeholder(image: Image.Image) -> str:
    tiny = image.resize((20, round(20 * image.height / image.width)), Image.Resampling.BOX)
    data = _encode(tiny, "WEBP", (50, 40, 30, 20, 10, 1), _PLACEHOLDER_BYTES, method=6)
    return "data:image/webp;base64," + base64.b64encode(data).decode("ascii")


def _dominant(image: Image.Image) -> str:
    """Return the colour that covers most of the picture, out of eight."""
    small = image.resize((96, 96), Image.Resampling.BOX)
    table = small.quantize(8, Image.Quantize.MEDIANCUT).convert("RGB").getcolors(96 * 96)
    _, colour = max(table or [(0, (128, 128, 128))])
    assert isinstance(colour, tuple)
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _write_json(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
