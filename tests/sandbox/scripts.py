"""Scripts that run in a second process, on the database of a running sandbox."""

import json
import subprocess
import sys
from typing import Any

from tests.sandbox_process import ROOT, SandboxProcess

_BEGIN = """
import json, sys
import django
django.setup()
given = json.load(sys.stdin)
"""


def run_script(sandbox: SandboxProcess, script: str, given: Any = None) -> Any:
    """Run a script with the variable ``given``, and return the JSON that it prints."""
    result = subprocess.run(
        [sys.executable, "-c", _BEGIN + script],
        cwd=ROOT,
        env=sandbox.env | {"DJANGO_SETTINGS_MODULE": "printora_sandbox.settings"},
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout or "null")


_BUY = """
import threading
from concurrent.futures import ThreadPoolExecutor
from printora_sandbox.orders.checkout import Choice, Customer, place_order
from printora_sandbox.models import Session
from printora_sandbox.orders.stock import SoldOutError
tokens, quantity = given
customer = Customer(**dict.fromkeys(Customer.__dataclass_fields__, "x"))
start = threading.Barrier(len(tokens))
def buy(token):
    session = Session.objects.get(token=token)
    merch = session.merch or session.creator.merch.get()
    choice = Choice(variant=merch.variants[0], quantity=quantity, merch=merch)
    start.wait()
    try:
        return str(place_order(token=token, choice=choice, customer=customer).uuid)
    except SoldOutError as error:
        return str(error)
with ThreadPoolExecutor(len(tokens)) as pool:
    print(json.dumps(list(pool.map(buy, tokens))))
"""


def buy_concurrently(sandbox: SandboxProcess, tokens: list[str], quantity: int = 1) -> list[str]:
    """Place an order in each session, all at once; return each order's id or the error."""
    outcomes: list[str] = run_script(sandbox, _BUY, [tokens, quantity])
    return outcomes
