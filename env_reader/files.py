"""Read a `.env` file."""

import codecs
import os
import re
from collections.abc import Iterator, MutableMapping
from pathlib import Path

from .errors import SettingError

_ASSIGNMENT = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)")
# In quotes, a backslash stands before a quotation mark, a backslash or a dollar sign.
_DOUBLE_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"\s*(?:#.*)?')
_SINGLE_QUOTED = re.compile(r"'([^']*)'\s*(?:#.*)?")
_ESCAPED = re.compile(r'\\(["\\$])')
_COMMENT = re.compile(r"\s#.*")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_env_file(path: Path, environ: MutableMapping[str, str] = os.environ) -> None:
    """Set what a file names and the environment does not; a missing file names nothing.

    Raises SettingError when the file cannot be read or has a line that is no assignment.
    """
    for name, value in _assignments(path.name, _text(path)).items():
        environ.setdefault(name, value)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not path.is_symlink():
            return ""
        raise SettingError(f"{path} cannot be read: {error.strerror}.") from None
    # Windows PowerShell writes UTF-16.
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise SettingError(f"{path} is not UTF-8 text: save it as UTF-8.") from None
    if "\0" in text:
        raise SettingError(f"{path} holds a NUL character: save it as UTF-8 text.")
    return text


def _assignments(file_name: str, text: str) -> dict[str, str]:
    """Return the names and values of all lines; the last line of a name counts."""
    return dict(_each_assignment(file_name, text))


def _each_assignment(file_name: str, text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(_LINE_END.split(text), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        match = _ASSIGNMENT.fullmatch(stripped)
        if match is None:  # the line is not quoted: it may be a part of a secret
            raise SettingError(f"Line {number} of {file_name} is neither NAME=value nor a comment.")
        name, value = match.groups()
        if not name.isupper() and not name.endswith("_proxy"):
            raise SettingError(
                f"Line {number} of {file_name} sets {name}, and every setting is in capitals: "
                f"write {name.upper()}."
            )
        yield name, _value(value)


def _value(written: str) -> str:
    """Return a value without its quotation marks and without the comment after it."""
    stripped = written.strip()
    if match := _DOUBLE_QUOTED.fullmatch(stripped):
        return _ESCAPED.sub(r"\1", match[1])
    if match := _SINGLE_QUOTED.fullmatch(stripped):
        return match[1]
    return _COMMENT.sub("", written).strip()
