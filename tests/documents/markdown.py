"""Read code blocks, links and paths out of the documents, for tests to compare with the code."""

import re
from pathlib import Path

from tests.helpers import ROOT

README = ROOT / "README.md"
DOORS = tuple(ROOT / folder / "README.md" for folder in ("printora_integration", "vendor_kit"))
DOCUMENTS = (README, ROOT / "CHANGELOG.md", *DOORS, *sorted((ROOT / "docs").rglob("*.md")))

_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|json|md|txt|css|js|html))`")


def blocks(document: Path, language: str) -> list[str]:
    """Return the code blocks of a language, without the indentation of the list around them."""
    found = _BLOCK.findall(document.read_text("utf-8"))
    return [
        re.sub(rf"^{indent}", "", code, flags=re.MULTILINE)
        for indent, block_language, code in found
        if block_language == language
    ]


def links(document: Path) -> list[str]:
    """Return the targets of its links that stay in the repository, without fragments."""
    targets = _LINK.findall(document.read_text("utf-8"))
    inside = [target for target in targets if not re.match(r"[a-z]+:|#", target)]
    return [target.partition("#")[0] for target in inside]


def named_paths(document: Path) -> list[str]:
    """Return the paths with a folder that it writes as code, such as `orders/admin.py`."""
    return _PATH.findall(document.read_text("utf-8"))
