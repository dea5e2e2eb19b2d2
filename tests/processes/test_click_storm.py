"""Two hundred clicks at once while Printora misbehaves: a session or a plain page, never two."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
        """Press "Print on Product"; keep the link to the editor, where there is one."""
        form = {"csrfmiddlewaretoken": self._token}
        reply = self.http.post(f"{PICTURE}print/", data=form)
        if reply.status_code == 303:
            self.links.append(reply.headers["location"])
        return reply


@pytest.fixture
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        yield process


@pytest.fixture
def site(make_site: MakeSite, sandbox: SandboxProcess) -> Site:
    site = make_site(
        DEBUG="True",  # static files as they are: this is about clicks
        PRINTORA_API_URL=sandbox.url,
        PRINTORA_API_KEY=sandbox.api_key,
        PRINTORA_REDIRECT_HOSTS=sandbox.url,
    )
    site.manage("seed")
    site.start_web()
    return site


def sessions(sandbox: SandboxProcess) -> list[dict[str, Any]]:
    """Return every session that the sandbox has made."""
    url, found = f"{sandbox.url}/console/api/sessions", []
    while True:
        query = {"limit": 100, "offset": len(found)}
        page = httpx.get(url, params=query, trust_env=False).json()["data"]
        found += page["sessions"]
        if not page["pagination"]["hasMore"]:
            return found


def switch(sandbox: SandboxProcess, **faults: int) -> None:
    url = f"{sandbox.url}/console/api/faults"
    httpx.put(url, json=faults, trust_env=False).raise_for_status()


def is_plain_page_with_a_retry(reply: httpx.Response) -> bool:
    return (
        reply.status_code in {502, 503}
        and "Nothing was ordered and nothing was charged." in reply.text
        and f'action="{PICTURE}print/"' in reply.text
    )


def test_every_click_of_a_storm_ends_in_one_session(site: Site, sandbox: SandboxProcess) -> None:
    with ThreadPoolExecutor(VISITORS + SECOND_CLICKS) as crowd:
        visitors = list(crowd.map(Visitor, [site] * VISITORS))
        switch(sandbox, **FAULTS)
        clicks = visitors + visitors[:: VISITORS // SECOND_CLICKS]
        replies = list(crowd.map(Visitor.click, clicks))

        lost = [reply for reply in replies if reply.status_code != 303]
        assert [reply.status_code for reply in lost if not is_plain_page_with_a_retry(reply)] == []
        assert len(lost) < len(replies)
        assert len(sessions(sandbox)) <= VISITORS

        switch(sandbox)
        again = list(crowd.map(Visitor.click, visitors))
    assert {reply.status_code for reply in again} == {303}
    links = [set(visitor.links) for visitor in visitors]
    assert [found for found in links if len(found) != 1] == []
    made = {session["redirectUrl"] for session in sessions(sandbox)}
    assert len(made) == len(sessions(sandbox)) == VISITORS
    assert set.union(*links) == made
