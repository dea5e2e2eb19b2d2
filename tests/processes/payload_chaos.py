"""Send the site generated bodies and headers of every kind."""

import json

from tests.processes.site import Site

_RUN_TRIALS = "from tests.integration.webhook_trials import main; main()"


def run(site: Site, *, bodies: int, headers: int) -> dict[str, object]:
    """Run the suite's own trials in a process of the site, on the site's database."""
    # The host name of the trials that do not generate one.
    site.env |= {"ALLOWED_HOSTS": "localhost", "LOG_LEVEL": "CRITICAL"}
    site.env |= {"GENERATED_BODIES": str(bodies), "GENERATED_HEADERS": str(headers)}
    output = site.manage("shell", "--no-imports", "-c", _RUN_TRIALS)
    answers: dict[str, dict[str, int]] = json.loads(output.splitlines()[-1])
    assert answers.keys() == {"bodies", "headers"}, f"the trials printed {output!r}"
    metrics = {
        f"{name} answered {status}": times
        for name, statuses in answers.items()
        for status, times in statuses.items()
    }
    return {**metrics, "5xx": 0, "invalid rows": 0}
