"""Settings read anew, in an environment of the test's own."""

import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

from tests.helpers import ROOT

_NAME = "settings_under_test"


def source_of(server: str) -> Path:
    """Return where a server's settings are: a package's folder, or a module's file."""
    package = ROOT / server / "settings"
    return package if package.is_dir() else package.with_suffix(".py")


def read_settings(source: Path, env: Mapping[str, str]) -> dict[str, Any]:
    """Import settings anew, with this environment and no other; return all their names."""
    location = source / "__init__.py" if source.is_dir() else source
    folders = [str(source)] if source.is_dir() else None
    spec = importlib.util.spec_from_file_location(
        _NAME, location, submodule_search_locations=folders
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with mock.patch.dict(os.environ, env, clear=True):
        sys.modules[_NAME] = module  # the modules of a package find each other there
        try:
            spec.loader.exec_module(module)
        finally:
            for name in [each for each in sys.modules if each.partition(".")[0] == _NAME]:
                del sys.modules[name]
    return vars(module)
