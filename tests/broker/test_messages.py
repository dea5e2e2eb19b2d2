"""A message that is no task of ours is refused with one line; a worker never sees it."""

import base64
import copy
import json
import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dreamcanvas.broker.messages import UNREADABLE, check, log_refusal, task_name

pytestmark = pytest.mark.one_database


def changed(message: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return a copy with another value at a path such as "headers.task"."""
    copied = copy.deepcopy(message)
    *parents, name = path.split(".")
    place = copied
    for parent in parents:
        place = place[parent]
    place[name] = value
    return copied


def encoded(body: object) -> str:
    return base64.b64encode(json.dumps(body).encode()).decode()


def test_task_that_celery_sent_is_accepted(message: dict[str, Any]) -> None:
    check(message, "celery")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("headers", None),
        ("headers", {}),
        ("headers.task", "os.system"),
        ("headers.task", ["a", "list"]),
        ("headers.id", 5),
        ("headers.eta", "tomorrow"),
        ("headers.expires", 5),
        ("headers.timelimit", "soon"),
        ("headers.timelimit", [1]),
        ("headers.retries", "many"),
        ("properties", None),
        ("properties.body_encoding", "rot13"),
        ("properties.delivery_tag", {}),
        ("properties.delivery_info", None),
        ("properties.delivery_info", {"exchange": ""}),
        ("headers.compression", "gzip"),
        ("headers.stamped_headers", 5),
        ("headers.shadow", {}),
        ("content-type", "application/x-python-serialize"),
        ("content-encoding", "ebcdic"),
        ("body", None),
        ("body", "no base64!"),
        ("body", base64.b64encode(b"\x80\x04}\x94.").decode()),
        ("body", encoded({"args": []})),
        ("body", encoded([[], []])),
        ("body", encoded([{}, [], {}])),
    ],
)
def test_message_with_a_wrong_part_is_refused(
    message: dict[str, Any], path: str, value: object
) -> None:
    with pytest.raises(UNREADABLE):
        check(changed(message, path, value), "celery")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@settings(max_examples=20)
def test_any_json_is_refused(anything: object) -> None:
    with pytest.raises(UNREADABLE):
        check(anything, "celery")
    assert task_name(json.dumps(anything).encode()) == ""


def test_refusal_is_logged_without_the_content(
    message: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(UNREADABLE) as caught:
        check(changed(message, "headers.task", "jane@example.com"), "celery")
    with caplog.at_level(logging.ERROR):
        log_refusal("celery", caught.value)
    assert caplog.messages == [
        "message in queue celery refused: not as expected: headers.task",
    ]
