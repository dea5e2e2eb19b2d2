"""An environment of the test's own, read as the settings read theirs."""

from pathlib import Path

from env_reader import Environment, read_env_file

FOLDER = Path("/srv/site")


def environment(**variables: str) -> Environment:
    """Return a reader of these variables and of no others."""
    return Environment(FOLDER, variables)


def env_file(folder: Path, content: bytes | str) -> dict[str, str]:
    """Return what a `.env` file with this content sets."""
    path = folder / ".env"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    variables: dict[str, str] = {}
    read_env_file(path, variables)
    return variables
