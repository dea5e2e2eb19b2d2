"""No database is needed here, but for the inserts."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests once, and not again on the second database."""
    for item in items:
        if item.path.is_relative_to(FOLDER) and item.path.stem != "test_inserts":
            item.add_marker(pytest.mark.one_database)
