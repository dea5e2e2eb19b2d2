"""No public method of the client is left out of the tests against the sandbox."""

import ast
import inspect

import pytest

from printora_integration.client.resources.base import Resource
from printora_integration.merch import MerchClient
from tests.integration import test_sandbox_core, test_sandbox_merch

pytestmark = pytest.mark.one_database


def _public_methods() -> set[str]:
    client = MerchClient(base_url="http://x", api_key="x")
    resources = {
        name: type(value)
        for name, value in inspect.getmembers(client)
        if isinstance(value, Resource)
    }
    client.close()
    return {
        f"{attribute}.{name}"
        for attribute, resource in resources.items()
        for name, _method in inspect.getmembers(resource, inspect.isfunction)
        if not name.startswith("_")
    }


def _called_methods() -> set[str]:
    """Return every `client.resource.method(…)` of the tests, as `resource.method`."""
    calls = [
        node.func
        for module in (test_sandbox_core, test_sandbox_merch)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call)
    ]
    return {
        f"{call.value.attr}.{call.attr}"
        for call in calls
        if isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Attribute)
        and isinstance(call.value.value, ast.Name)
        and call.value.value.id == "client"
    }


def test_every_public_method_is_called_against_the_sandbox() -> None:
    assert len(_public_methods()) > 20
    assert _public_methods() - _called_methods() == set()
