"""The page of reconciliation shows its runs, and has a button that starts one."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.contrib.auth.models import User
from django.test import Client

from printora_integration.reconciliation.models import Reconciliation
from printora_integration.reconciliation.tasks import reconcile_orders
from vendor_kit.queue import enqueue

pytestmark = pytest.mark.django_db

PAGE = "/dashboard/reconciliation/"
State = Reconciliation.State


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Path]:
    """Queue tasks into a folder of the test's own; return it."""
    before = dict(current_app.conf.broker_transport_options)
    folder = tmp_path / "queue"
    folder.mkdir()
    current_app.conf.broker_transport_options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(tmp_path),
    }
    yield folder
    current_app.conf.broker_transport_options = before


@pytest.fixture
def silent_broker() -> Iterator[None]:
    """Set a broker that takes connections and never answers."""
    before = current_app.conf.broker_url
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        current_app.conf["broker_write_url"] = f"redis://127.0.0.1:{port}/0"
        yield
    current_app.conf["broker_write_url"] = before


def finished(**columns: Any) -> Reconciliation:
    run = Reconciliation.objects.start(is_full=True)
    assert run is not None
    for name, value in columns.items():
        setattr(run, name, value)
    run.save_progress(state=columns.get("state", State.COMPLETE), error=columns.get("error", ""))
    return run


def test_page_without_runs_says_when_the_first_one_comes(staff_client: Client) -> None:
    assert "No run yet" in staff_client.get(PAGE).content.decode()


def test_page_shows_what_a_run_found(staff_client: Client) -> None:
    change = {"order": "o1", "number": "PR-4711", "session": "s1", "text": "order.paid recorded"}
    finished(orders_seen=1234, orders_changed=3, resends_refused=2, changes=[change])
    page = staff_client.get(PAGE).content.decode()
    for text in ("Complete", "1234", "PR-4711", "order.paid recorded", "And 2 more"):
        assert text in page


def test_page_shows_why_a_run_failed(staff_client: Client) -> None:
    finished(state=State.FAILED, error="Printora could not be reached.")
    assert "Printora could not be reached." in staff_client.get(PAGE).content.decode()


def test_button_queues_a_full_run_for_a_worker(staff_client: Client, queue: Path) -> None:
    answer = staff_client.post(PAGE, follow=True)
    run = Reconciliation.objects.get()
    assert (run.state, run.is_full, run.requested_by) == (State.QUEUED, True, "operator")
    assert len(list(queue.iterdir())) == 1
    page = answer.content.decode()
    assert "It begins as soon as a worker is free" in page
    assert "Waiting for a worker" in page


def test_button_does_nothing_while_a_run_is_under_way(staff_client: Client, queue: Path) -> None:
    Reconciliation.objects.start()
    answer = staff_client.post(PAGE, follow=True)
    assert "under way already" in answer.content.decode()
    assert list(queue.iterdir()) == []
    assert Reconciliation.objects.count() == 1


def test_page_asks_again_only_while_something_may_change(staff_client: Client) -> None:
    finished()
    done = staff_client.get(PAGE).content.decode()
    assert "hx-trigger" not in done
    assert 'http-equiv="refresh"' not in done
    Reconciliation.objects.start()
    running = staff_client.get(PAGE).content.decode()
    assert 'hx-trigger="every 2s"' in running
    assert 'http-equiv="refresh"' in running


def test_poll_answers_a_part_of_the_page(staff_client: Client) -> None:
    Reconciliation.objects.start()
    part = staff_client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert "Running" in part
    assert "<html" not in part


@pytest.mark.usefixtures("silent_broker")
def test_request_is_not_lost_when_the_broker_hangs_and_the_page_does_not(
    staff_client: Client,
) -> None:
    began = time.monotonic()
    answer = staff_client.post(PAGE, follow=True)
    assert time.monotonic() - began < 2  # two pages, and a second at most for the broker
    assert "the queue does not answer" in answer.content.decode()
    assert Reconciliation.objects.get().state == State.QUEUED


@pytest.mark.usefixtures("silent_broker")
def test_enqueue_to_a_broker_that_hangs_takes_under_a_second() -> None:
    began = time.monotonic()
    assert enqueue(reconcile_orders) is False
    assert time.monotonic() - began < 1


def test_page_takes_few_queries(staff_client: Client, django_assert_max_num_queries: Any) -> None:
    for _number in range(25):
        finished()
    with django_assert_max_num_queries(4):
        staff_client.get(PAGE)


def test_page_is_for_staff_only(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE).status_code == 302
    client.force_login(User.objects.create_user("visitor"))
    assert client.post(PAGE).status_code == 403
    assert not Reconciliation.objects.exists()


def test_runs_are_read_only_in_the_admin(staff_client: Client) -> None:
    run = finished()
    address = f"/admin/printora_reconciliation/reconciliation/{run.pk}/change/"
    assert staff_client.get(address).status_code == 200
    assert staff_client.post(address).status_code == 403
