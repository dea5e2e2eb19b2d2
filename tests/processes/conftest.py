from collections.abc import Callable, Iterator

import pytest

from tests.processes.site import Site, fresh_database

MakeSite = Callable[..., Site]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a migrated database, which sites copy."""
    folder = tmp_path_factory.mktemp("migrated")
    with fresh_database(folder) as database_url:
        Site(folder, database_url).manage("migrate", "--verbosity", "0")
        yield database_url


@pytest.fixture
def make_site(tmp_path_factory: pytest.TempPathFactory, migrated: str) -> Iterator[MakeSite]:
    """Return a function that makes a site; its processes end with the test."""
    folder = tmp_path_factory.mktemp("site")
    with fresh_database(folder, like=migrated) as database_url:
        sites: list[Site] = []

        def _make_site(**env: str) -> Site:
            sites.append(Site(folder, database_url, **env))
            return sites[-1]

        yield _make_site
        for site in sites:
            site.stop()
