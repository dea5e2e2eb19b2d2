"""Paint the catalogue: `python -m tools.paint [slug …]`."""

import argparse
import time
from collections.abc import Sequence

import numpy as np

from tools.paint import catalogue, store
from tools.paint.catalogue import Artwork
from tools.paint.painters import PAINTERS


def main() -> None:
    """Paint the named artworks, or all of them, then write the seed files."""
    works = catalogue.artworks()
    chosen = _chosen(works)
    for number, work in enumerate(chosen, start=1):
        print(f"[{number:2}/{len(chosen)}] {work.slug:<28}", end="", flush=True)
        started = time.monotonic()
        size = _paint(work)
        print(f"{work.width} x {work.height}  {size // 1000:>4} kB  "
              f"{time.monotonic() - started:5.1f} s", flush=True)  # fmt: skip
    missing = [work.slug for work in works if not store.is_painted(work)]
    if missing:
        print(f"seed files not written, because these are not painted: {', '.join(missing)}")
        return
    store.save_seed(artworks=works, creators=catalogue.creators())


def _chosen(works: Sequence[Artwork]) -> list[Artwork]:
    by_slug = {work.slug: work for work in works}
    parser = argparse.ArgumentParser(prog="python -m tools.paint", description=main.__doc__)
    parser.add_argument("slug", nargs="*", help="an artwork of the catalogue (default: all)")
    slugs = parser.parse_args().slug or list(by_slug)
    for slug in slugs:
        if slug not in by_slug:
            parser.error(f"no artwork is called {slug}; there are: {', '.join(by_slug)}")
    return [by_slug[slug] for slug in slugs]


def _paint(work: Artwork) -> int:
    rng = np.random.default_rng(work.seed)
    picture = PAINTERS[work.painter](rng, work.width, work.height)
    return store.save_picture(artwork=work, picture=picture)


if __name__ == "__main__":
    main()
