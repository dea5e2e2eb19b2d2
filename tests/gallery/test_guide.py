"""Check the guide: its code is this repository's own."""

import inspect
import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from gallery.guide.excerpts import read_excerpt
from printora_integration.client.client import PrintoraClient
from printora_integration.webhooks import views


def test_excerpt_is_the_code_that_runs() -> None:
    excerpt = read_excerpt("printora_integration/webhooks/views.py", "receive")
    assert unescape(strip_tags(excerpt.html)) == inspect.getsource(views.receive)


def test_excerpt_of_a_method_is_not_indented() -> None:
    excerpt = read_excerpt("printora_integration/client/client.py", "PrintoraClient.close")
    _lines, first_line = inspect.getsourcelines(PrintoraClient.close)
    assert excerpt.first_line == first_line
    assert unescape(strip_tags(excerpt.html)).startswith("def close(")


def test_excerpt_of_what_is_not_there_says_so() -> None:
    with pytest.raises(
        LookupError, match=r"printora_integration/webhooks/views\.py .* nothing_like_it"
    ):
        read_excerpt("printora_integration/webhooks/views.py", "nothing_like_it")


def test_code_cannot_become_markup() -> None:
    excerpt = read_excerpt("tests/gallery/test_guide.py", "code_with_markup")
    assert "<script>" not in excerpt.html
    assert "<script>" in unescape(strip_tags(excerpt.html))


def test_guide_shows_the_three_flows_and_every_entry_of_its_contents_exists(client: Client) -> None:
    page = client.get("/guide/").content.decode()
    targets = re.findall(r'href="#([a-z-]+)"', page)
    assert {"flow-a", "flow-b", "flow-c"} <= set(targets)
    assert all(f'id="{target}"' in page for target in targets)


def code_with_markup() -> str:
    return "<script>"
