"""Private files: others on this machine read no database, no mail and no secret."""

import os
from pathlib import Path


def make_private(folder: Path) -> None:
    """Make a folder that is closed to others, and let this process make only private files.

    The processes that it starts do the same. Files that were there before are out of reach too.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
