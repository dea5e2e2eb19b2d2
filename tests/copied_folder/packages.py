"""Make a site-packages of nothing but some packages and what they need."""

import importlib.metadata
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement


def link_packages(names: Iterable[str], folder: Path) -> None:
    """Link into a folder what these PyPI packages installed here, with all their dependencies."""
    folder.mkdir()
    for distribution in with_dependencies(names):
        for entry in _top_level(distribution):
            link, target = folder / entry, Path(str(distribution.locate_file(entry)))
            if target.exists() and not link.exists():
                link.symlink_to(target)


def import_names(names: Iterable[str]) -> set[str]:
    """Return the top-level modules that these packages bring, without their dependencies'."""
    requested = {_canonical(name) for name in names}
    return {
        module
        for module, distributions in importlib.metadata.packages_distributions().items()
        if requested & {_canonical(name) for name in distributions}
    }


def with_dependencies(names: Iterable[str]) -> Iterator[importlib.metadata.Distribution]:
    todo, seen = [_canonical(name) for name in names], set[str]()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        distribution = importlib.metadata.distribution(name)
        yield distribution
        needs = [Requirement(line) for line in distribution.requires or []]
        todo += [
            _canonical(need.name)
            for need in needs
            if need.marker is None or need.marker.evaluate({"extra": ""})
        ]


def _top_level(distribution: importlib.metadata.Distribution) -> set[str]:
    entries = {file.parts[0] for file in distribution.files or []}
    return entries - {"..", "__pycache__"}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
