"""Two hundred clicks at once while Printora fails: one session or an error page for each."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

import httpx
import pytest

from tests.processes.conftest import MakeSite
from tests.processes.site import Site
from tests.sandbox.visitor import NO_POOL
from tests.sandbox_process import SandboxProcess

VISITORS, SECOND_CLICKS = 160, 40  # every fourth visitor clicks twice: 200 clicks
FAULTS = {"errorPercent": 30, "rateLimitPercent": 20, "lostReplyPercent": 20}
PICTURE = "/art/dahlia-fully-open/"


class Visitor:
    """A browser without JavaScript that looks at a picture, and may click more than once."""

    def __init__(self, site: Site) -> None:
        self.http = httpx.Client(base_url=site.url, timeout=60, trust_env=False, limits=NO_POOL)
        page = self.http.get(PICTURE).text
        self._token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
        self.links: list[str] = []

    def click(self) -> httpx.Response:
        """Press "Print on Product"; record the link to the editor, if there is one."""
        form = {"csrfmiddlewaretoken": self._token}
        response = self.http.post(f"{PICTURE}print/", data=form)
        if response.status_code == HTTPStatus.SEE_OTHER:
            self.links.append(response.headers["location"])
        return response


@pytest.fixture
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        yield process


@pytest.fixture
def site(make_site: MakeSite, sandbox: SandboxProcess) -> Site:
    site = make_site(
        DEBUG="True",  # static files need not be collected
        PRINTORA_API_URL=sandbox.url,
        PRINTORA_API_KEY=sandbox.api_key,
        PRINTORA_REDIRECT_HOSTS=sandbox.url,
    )
    site.manage("seed")
    site.start_web()
    return site


def sessions(sandbox: SandboxProcess) -> list[dict[str, Any]]:
    """Return every session that the sandbox has made."""
    url = f"{sandbox.url}/console/api/sessions"
    found: list[dict[str, Any]] = []
    while True:
        query = {"limit": 100, "offset": len(found)}
        page = httpx.get(url, params=query, trust_env=False).json()["data"]
        found += page["sessions"]
        if not page["pagination"]["hasMore"]:
            return found


def set_faults(sandbox: SandboxProcess, **faults: int) -> None:
    url = f"{sandbox.url}/console/api/faults"
    httpx.put(url, json=faults, trust_env=False).raise_for_status()


def is_error_page_with_a_retry(response: httpx.Response) -> bool:
    return (
        response.status_code in {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE}
        and "Nothing was ordered and nothing was charged." in response.text
        and f'action="{PICTURE}print/"' in response.text
    )


def test_every_click_of_a_storm_ends_in_one_session(site: Site, sandbox: SandboxProcess) -> None:
    with ThreadPoolExecutor(VISITORS + SECOND_CLICKS) as pool:
        visitors = list(pool.map(Visitor, [site] * VISITORS))
        set_faults(sandbox, **FAULTS)
        clicks = visitors + visitors[:: VISITORS // SECOND_CLICKS]
        responses = list(pool.map(Visitor.click, clicks))

        failed = [each for each in responses if each.status_code != HTTPStatus.SEE_OTHER]
        assert [each.status_code for each in failed if not is_error_page_with_a_retry(each)] == []
        assert len(failed) < len(responses)
        assert len(sessions(sandbox)) <= VISITORS

        set_faults(sandbox)
        again = list(pool.map(Visitor.click, visitors))
    assert {response.status_code for response in again} == {HTTPStatus.SEE_OTHER}
    links = [set(visitor.links) for visitor in visitors]
    assert [found for found in links if len(found) != 1] == []
    made = {session["redirectUrl"] for session in sessions(sandbox)}
    assert len(made) == len(sessions(sandbox)) == VISITORS
    assert set.union(*links) == made
