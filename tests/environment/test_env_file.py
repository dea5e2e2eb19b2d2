"""`.env` is read as people and their editors write it; a line that means nothing is refused."""

import os
from pathlib import Path

import pytest

from env_reader import SettingError, read_env_file

from .reading import env_file

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=value", "value"),
        ("  NAME = value  ", "value"),
        ("export NAME=value", "value"),
        ("NAME=", ""),
        ("NAME=value # a comment", "value"),
        ("NAME=value\t# a comment", "value"),
        ("NAME= # nothing but a comment", ""),
        ("NAME=pa#ss", "pa#ss"),
        ("NAME=#pass", "#pass"),
        ('NAME="a # b"', "a # b"),
        ('NAME="value" # a comment', "value"),
        ("NAME='a # b'  # a comment", "a # b"),
        (r'NAME="a\"b\\c\$d\n"', r"a\"b\c$d\n".replace(r"\"", '"')),
        (r"NAME='a\"b'", r"a\"b"),
        ('NAME="Shop" <a@example.com>', '"Shop" <a@example.com>'),
        ("NAME=$ecret", "$ecret"),
        ("NAME=a=b", "a=b"),
        ("NAME=first\nNAME=last", "last"),
        ("# NAME=comment\n\n\t\nNAME=value", "value"),
    ],
)
def test_line_means_what_its_writer_means(tmp_path: Path, line: str, value: str) -> None:
    assert env_file(tmp_path, line) == {"NAME": value}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_file_of_windows_is_read(tmp_path: Path, encoding: str, line_end: str) -> None:
    text = f"NAME=välue{line_end}OTHER=2{line_end}"
    assert env_file(tmp_path, text.encode(encoding)) == {"NAME": "välue", "OTHER": "2"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"A=1\nNAME: value", "Line 2 of .env is neither NAME=value nor a comment."),
        (b"A=1\n\nPRIVATE KEY", "Line 3 of .env is neither NAME=value nor a comment."),
        (b"1NAME=value", "Line 1 of .env is neither NAME=value nor a comment."),
        (
            b"debug=True",
            "Line 1 of .env sets debug, and every setting is in capitals: write DEBUG.",
        ),
        ("NAME=ä".encode("latin-1"), ".env is not UTF-8 text: save it as UTF-8."),
        ("NAME=a".encode("utf-16-le"), ".env holds a NUL character: save it as UTF-8 text."),
    ],
)
def test_file_that_means_nothing_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(SettingError) as refusal:
        env_file(tmp_path, content)
    assert str(refusal.value).removeprefix(f"{tmp_path}{os.sep}") == message


def test_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()  # Docker makes one for a missing file
    with pytest.raises(SettingError, match=r"\.env cannot be read: Is a directory\.$"):
        read_env_file(tmp_path / ".env", {})


def test_link_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").symlink_to(tmp_path / "moved.env")
    with pytest.raises(SettingError, match=r"\.env cannot be read: No such file"):
        read_env_file(tmp_path / ".env", {})


def test_missing_file_sets_nothing(tmp_path: Path) -> None:
    variables: dict[str, str] = {}
    read_env_file(tmp_path / ".env", variables)
    assert variables == {}


def test_real_environment_wins_even_where_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("REDIS_URL=redis://host/0\nhttp_proxy=http://proxy\n")
    variables = {"REDIS_URL": ""}
    read_env_file(tmp_path / ".env", variables)
    assert variables == {"REDIS_URL": "", "http_proxy": "http://proxy"}
