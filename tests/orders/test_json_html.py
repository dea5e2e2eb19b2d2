"""JSON is shown indented and coloured, and otherwise as it was received."""

import json

import pytest

from orders.dashboard.json_html import highlighted, indented, readable


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            '{"price":20.10,"n":1e2,"big":12345678901234567890.0}',
            '{\n  "price": 20.10,\n  "n": 1e2,\n  "big": 12345678901234567890.0\n}',
        ),
        ('{ "a" : [1,\r\n 2], "b":{} , "c":[] }',
         '{\n  "a": [\n    1,\n    2\n  ],\n  "b": {},\n  "c": []\n}'),
        (r'{"a":"{[,:]}\\","b":"\"x\" ,","c":"\ud800\u00e9é","d":[true,null]}',
         ('{\n' r'  "a": "{[,:]}\\",' '\n' r'  "b": "\"x\" ,",' '\n' r'  "c": "\ud800\u00e9é",' '\n'
          '  "d": [\n    true,\n    null\n  ]\n}')),
    ],
)  # fmt: skip
def test_payload_is_indented_and_otherwise_unchanged(body: str, shown: str) -> None:
    assert indented(body) == shown
    assert json.loads(shown) == json.loads(body)


def test_colours_change_nothing_but_colours() -> None:
    html = highlighted('{"a":[1,-2.50,true,null,"x"]}')
    for kind, piece in [("nt", '"a"'), ("mf", "-2.50"), ("kc", "null"), ("s2", '"x"')]:
        assert f'<span class="{kind}">{piece}</span>' in html


def test_long_payload_is_indented_without_colours() -> None:
    text = '{"a":"' + "x" * 200_000 + '"}'
    assert highlighted(text) == indented(text).replace('"', "&quot;")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[" * 100_000, b"null", b'"\\ud800"', b"\x00"])
def test_any_body_can_be_shown(body: bytes) -> None:
    assert "\x00" not in readable(body)
