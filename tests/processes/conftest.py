from collections.abc import Callable, Iterator

import pytest

from tests.processes.site import Site, fresh_database

MakeSite = Callable[..., Site]


@pytest.fixture
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeSite]:
    """Return a function that makes a migrated site; its processes end with the test."""
    folder = tmp_path_factory.mktemp("site")
    with fresh_database(folder) as database_url:
        sites: list[Site] = []

        def _make_site(**env: str) -> Site:
            site = Site(folder, database_url, **env)
            sites.append(site)
            site.manage("migrate", "--verbosity", "0")
            return site

        yield _make_site
        for site in sites:
            site.stop()
