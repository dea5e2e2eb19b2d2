"""Rotate the webhook's secret while webhooks arrive: no valid webhook is refused."""

import httpx

from tests.helpers import SECRET, WEBHOOK, encoded, hand_signed, webhook
from tests.processes.load import Load, assert_nothing_lost
from tests.processes.site import Site

NAME = "PRINTORA_WEBHOOK_SECRET"


def run(site: Site, *, rotations: int, events: int = 20) -> dict[str, object]:
    """Rotate so many times, with at least so many events between two steps."""
    web, load, old = site.start_web(), Load(site), SECRET
    with load.flowing():
        for number in range(rotations):
            new = f"whsec_number_{number}_of_the_tests"
            for ours, theirs in [
                (f"{new},{old}", (old,)),  # we accept both, and Printora still signs with the old
                (f"{new},{old}", (new, old)),  # Printora changes: retries may be signed with either
                (f"{new},{old}", (new,)),  # Printora signs with the new
                (new, (new,)),  # we remove the old one
            ]:
                load.secrets = theirs
                if site.env[NAME] != ours:
                    site.end(web)
                    site.env[NAME] = ours
                    web = site.start_web()
                load.wait_for_more(events)
            assert _status(site, old) == 401, "a removed secret was accepted"
            old = new
    cut_off = load.resend()
    assert set(load.statuses) == {200}, f"the answers were {dict(load.statuses)}"
    assert_nothing_lost(site, load)
    return {
        "acknowledged": len(load.acknowledged),
        "restarts": 2 * rotations,
        "cut off, and sent again": cut_off,
        "false 401": load.statuses[401],
        "removed secrets refused": rotations,
    }


def _status(site: Site, secret: str) -> int:
    body = encoded(webhook(session="sess_of_a_stranger"))
    headers = {"x-printora-signature": hand_signed(body, secret)}
    return httpx.post(f"{site.url}{WEBHOOK}", content=body, headers=headers).status_code
