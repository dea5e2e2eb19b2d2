"""The placement of the visitor's picture, from the editor to the console."""

import re

import httpx
import pytest

from printora_sandbox.placement import NUDGES, Placement
from tests.sandbox.visitor import ADDRESS, CHOICE, Visitor
from tests.sandbox_process import SandboxProcess

PLACED = {"x": "12", "y": "-8", "scale": "140", "turn": "30"}
DRAWN = ('x="62%" y="42%"', "rotate(30) scale(1.4)")


def _stage(page: httpx.Response) -> str:
    assert page.status_code == 200
    return page.text.split("data-stage")[1].split("editor__panel")[0]


def _drawn(markup: str) -> bool:
    return all(part in markup for part in DRAWN)


def test_default_placement_fits_the_print_area(visitor: Visitor) -> None:
    stage = _stage(visitor.look())
    assert 'x="50%" y="50%"' in stage
    assert "rotate(0) scale(1)" in stage


def test_placement_in_the_query_is_shown_and_set_in_the_form(visitor: Visitor) -> None:
    stage = _stage(visitor.look(**PLACED))
    assert _drawn(stage)
    for name, value in PLACED.items():
        assert re.search(rf'name="{name}"[^>]*value="{value}"', stage)


@pytest.mark.parametrize(
    ("nudge", "drawn"),
    [
        ("left", 'x="57%"'),
        ("right", 'x="67%"'),
        ("up", 'y="37%"'),
        ("down", 'y="47%"'),
        ("smaller", "scale(1.3)"),
        ("bigger", "scale(1.5)"),
        ("anticlockwise", "rotate(15)"),
        ("clockwise", "rotate(45)"),
        ("reset", "rotate(0) scale(1)"),
        ("sideways", "rotate(30) scale(1.4)"),
    ],
)
def test_every_button_nudges_the_picture(visitor: Visitor, nudge: str, drawn: str) -> None:
    assert drawn in _stage(visitor.look(**PLACED, nudge=nudge))


def test_every_button_is_on_the_page_with_a_name(visitor: Visitor) -> None:
    stage = _stage(visitor.look())
    for step in (*NUDGES, "reset"):
        assert f'value="{step}"' in stage
    assert stage.count("aria-label=") >= len(NUDGES)


def test_enter_key_only_updates_the_preview(visitor: Visitor) -> None:
    page = visitor.look().text
    first = re.search(r'<button type="submit"[^>]*form="choice"[^>]*>', page)
    assert first
    assert 'name="preview"' in first[0]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"x": "9999", "y": "-9999"}, {"x": 60, "y": -60}),
        ({"scale": "0"}, {"scale": 25}),
        ({"scale": "1e300"}, {"scale": 300}),
        ({"turn": "540"}, {"turn": 180}),
        ({"turn": "-190"}, {"turn": 170}),
        ({"x": "nan", "y": "inf", "scale": "", "turn": "x"}, {}),
        ({"x": "1.6"}, {"x": 2}),
    ],
)
def test_placement_is_clamped_to_bounds(given: dict[str, str], expected: dict[str, int]) -> None:
    read = Placement.from_form(given)
    assert vars(read) == vars(Placement()) | expected or abs(read.turn) == 180


def test_placement_is_the_same_after_a_round_trip_through_konva() -> None:
    placement = Placement(x=12, y=-8, scale=140, turn=30)
    assert Placement.from_konva(placement.to_konva()) == placement


@pytest.mark.parametrize(
    "metadata",
    [None, {}, {"attrs": None}, {"attrs": {"x": "5", "scaleX": True}}, {"stage": [1]}, [1], "x"],
)
def test_unknown_canvas_data_gives_the_default_placement(metadata: object) -> None:
    assert Placement.from_konva(metadata) == Placement()


def test_placement_is_the_same_from_the_editor_to_the_console(
    visitor: Visitor, sandbox: SandboxProcess
) -> None:
    checkout = visitor.look("/checkout", **CHOICE, **PLACED).text
    assert _drawn(checkout)
    for name, value in PLACED.items():
        assert f'name="{name}" value="{value}"' in checkout
    paying = visitor.post(f"{visitor.opened.url}/checkout", **CHOICE, **PLACED, **ADDRESS)
    assert _drawn(visitor.http.get(paying.headers["location"]).text)
    console = visitor.http.get(f"{sandbox.url}/console/").text
    card = next(card for card in console.split("<article") if visitor.opened.id in card)
    assert _drawn(card)


def test_wrong_placement_does_not_stop_an_order(visitor: Visitor) -> None:
    response = visitor.order(x="far", scale="-1")
    assert response.status_code == 303
    assert "scale(0.25)" in visitor.http.get(response.headers["location"]).text
