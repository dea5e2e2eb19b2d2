"""A customer gets one mail about each fact, and none goes missing or tells yesterday's news."""

import re
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from orders.models import Notification, Order
from orders.notifications import deliver, facts, owe
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from tests.helpers import ORDER, at_once, encoded
from tests.helpers import deliver as post
from tests.orders.events import notice
from tests.orders.stories import FULL, MINIMAL, Story, payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_those_days")]

Kind, State = Notification.Kind, Notification.State


class Refusing(EmailBackend):
    """A mail server that takes nobody's mail."""

    def send_messages(self, _mails: Any) -> int:
        raise OSError(113, "no route to grace@example.com")


class Picky(EmailBackend):
    """A mail server that refuses one kind of mail."""

    def send_messages(self, mails: Any) -> int:
        if any("Payment" in message.subject for message in mails):
            raise ValueError("grace@example.com is refused")
        return super().send_messages(mails)


class Slow(EmailBackend):
    """A mail server that takes its time: until it is told to go on."""

    sending, may_end = threading.Event(), threading.Event()

    def send_messages(self, mails: Any) -> int:
        self.sending.set()
        self.may_end.wait(10)
        return super().send_messages(mails)


class Unreachable(EmailBackend):
    """A mail server that is not there."""

    tried = 0

    def open(self) -> None:
        type(self).tried += 1
        raise ConnectionRefusedError(111, "Connection refused")


@pytest.fixture
def refusing(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"


def tell(*events: EventType, story: Story = FULL, session: str = "sess_1") -> Order:
    for event in events:
        data = story[event] | {"orderId": f"{ORDER}{session}"}
        body = encoded(payload(event, data, session=session)).decode()
        process(notice(event, data, session=session), body=body)
    return Order.objects.get(session_id=session)


def states() -> dict[str, str]:
    return dict(Notification.objects.values_list("kind", "state"))


def subjects() -> list[str]:
    return [message.subject.split(":")[0] for message in mail.outbox]


def later(**delta: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**delta))


# --- Owing ----------------------------------------------------------------------------------------


def test_each_fact_is_owed_one_mail_and_creation_none() -> None:
    tell(*EventType)
    assert states() == dict.fromkeys(Kind.values, State.WAITING)


def test_duplicate_delivery_owes_nothing_more(vendor: Client) -> None:
    for _time in range(3):
        assert post(vendor, payload(EventType.PAID, FULL[EventType.PAID])).status_code == 200
    assert states() == {"paid": State.WAITING}


def test_event_of_a_second_order_owes_nothing() -> None:
    tell(EventType.CREATED)
    told = notice(EventType.PAID, FULL[EventType.PAID] | {"orderId": "another"})
    process(told, body="{}")
    assert states() == {}


def test_owing_costs_one_insert_and_nothing_when_the_fact_was_known(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    order = tell(EventType.PAID)
    known = facts(order)
    with django_assert_num_queries(0):
        owe(order, known=known)
    order.shipped_at = timezone.now()
    with CaptureQueriesContext(connection) as queries:
        owe(order, known=known)
    inserts = [query["sql"] for query in queries if "INSERT" in query["sql"]]
    assert len(inserts) == 1
    assert re.search("ON CONFLICT .*DO NOTHING", inserts[0])
    assert not [query for query in queries if "SELECT" in query["sql"]]


def test_failing_receiver_owes_nothing(vendor: Client) -> None:
    from printora_integration.signals import order_event

    def fail(**_signal: Any) -> None:
        raise RuntimeError

    order_event.connect(fail)
    try:
        assert post(vendor, payload(EventType.PAID, FULL[EventType.PAID])).status_code == 500
    finally:
        order_event.disconnect(fail)
    assert states() == {}


# --- Delivering -----------------------------------------------------------------------------------


def test_mails_go_out_once_as_each_fact_comes() -> None:
    for event in (EventType.CREATED, EventType.PAID, EventType.SHIPPED, EventType.DELIVERED):
        tell(event)
        assert deliver() == (event != EventType.CREATED)
    assert deliver() == 0
    assert subjects() == ["Payment received", "On its way", "Delivered"]
    assert {message.to[0] for message in mail.outbox} == {"grace@example.com"}
    assert set(states().values()) == {State.SENT}


def test_of_several_mails_that_wait_only_the_latest_goes_out() -> None:
    tell(EventType.CREATED, EventType.PAID, EventType.SHIPPED, EventType.DELIVERED)
    assert deliver() == 1
    assert subjects() == ["Delivered"]
    assert states() == {"paid": State.SKIPPED, "shipped": State.SKIPPED, "delivered": State.SENT}


def test_mail_goes_out_when_the_one_that_says_more_was_given_up() -> None:
    order = tell(EventType.PAID)
    Notification.objects.create(order=order, kind=Kind.SHIPPED, state=State.FAILED)
    assert deliver() == 1
    assert subjects() == ["Payment received"]


def test_fact_of_four_days_ago_is_owed_no_mail() -> None:
    with later(days=4):
        tell(EventType.PAID)
        assert states() == {}


def test_fact_of_two_days_ago_is_owed_a_mail() -> None:
    with later(days=1):  # it was paid for on the day before
        tell(EventType.PAID)
        assert deliver() == 1


def test_paid_after_delivered_was_sent_is_not_told() -> None:
    tell(EventType.PAID, EventType.DELIVERED)
    Notification.objects.filter(kind=Kind.PAID).update(due_at=timezone.now() + timedelta(seconds=9))
    deliver()
    with later(seconds=10):
        deliver()
    assert subjects() == ["Delivered"]
    late = Notification.objects.get(kind=Kind.PAID)
    assert (late.state, late.reason) == (State.SKIPPED, Notification.Reason.SUPERSEDED)


def test_cancelled_after_delivered_was_sent_is_not_told() -> None:
    tell(EventType.PAID, EventType.DELIVERED)
    deliver()
    tell(EventType.CANCELLED)
    deliver()
    assert "Cancelled" not in subjects()


def test_mail_waits_for_the_address_and_goes_out_as_soon_as_it_is_known() -> None:
    tell(EventType.SHIPPED)
    assert deliver() == 0
    tell(EventType.PAID)
    assert deliver() == 1
    assert subjects() == ["On its way"]


def test_mail_without_any_address_is_dropped_after_a_day_with_a_flag() -> None:
    tell(EventType.PAID, story=MINIMAL)
    deliver()
    with later(days=1, minutes=1):
        deliver()
    dropped = Notification.objects.get()
    assert (dropped.state, dropped.reason) == (State.SKIPPED, Notification.Reason.NO_ADDRESS)
    (flag,) = Order.objects.get().open_flags
    assert "could not be written to: no address" in flag


def without_address_for(**delta: float) -> None:
    """Tell of a parcel, and so much later whose it is."""
    tell(EventType.SHIPPED)
    with later(days=1, minutes=1):
        deliver()
    with later(**delta):
        tell(EventType.PAID)
        deliver()


def test_address_that_comes_after_two_days_gets_the_mail_that_was_dropped() -> None:
    without_address_for(days=2)
    assert subjects() == ["On its way"]


def test_address_that_comes_after_four_days_gets_no_old_news() -> None:
    without_address_for(days=4)
    assert subjects() == []


def test_what_is_no_address_is_given_up_at_once_with_a_flag() -> None:
    tell(EventType.PAID)
    Order.objects.update(customer_email="grace@example.com\nBcc: everyone@example.com")
    assert deliver() == 0
    assert mail.outbox == []
    assert states() == {"paid": State.FAILED}
    assert "given up" in Order.objects.get().open_flags[0]


def test_failure_is_kept_without_the_address_and_tried_again_later(
    refusing: None, settings: Settings
) -> None:
    tell(EventType.PAID)
    deliver()
    waiting = Notification.objects.get()
    assert (waiting.state, waiting.attempts) == (State.WAITING, 1)
    assert "OSError" in waiting.last_error
    assert "grace" not in waiting.last_error
    assert waiting.due_at > timezone.now() + timedelta(seconds=20)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with later(minutes=1):
        assert deliver() == 1
    assert Notification.objects.get().last_error == ""


def test_pauses_grow_to_an_hour_and_no_further(refusing: None) -> None:
    tell(EventType.PAID)
    pauses = []
    for _attempt in range(9):
        before = timezone.now()
        Notification.objects.update(due_at=before)
        deliver()
        pauses.append(round((Notification.objects.get().due_at - before).total_seconds(), -1))
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_mail_is_given_up_after_a_day_with_a_flag(refusing: None) -> None:
    tell(EventType.PAID)
    deliver()
    with later(days=1, minutes=1):
        deliver()
    assert states() == {"paid": State.FAILED}
    (flag,) = Order.objects.get().open_flags
    assert "“Payment received”" in flag
    assert "grace" not in flag


def test_one_refused_mail_does_not_hold_up_the_others(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Picky"
    tell(EventType.PAID, session="sess_1")
    tell(EventType.PAID, EventType.SHIPPED, session="sess_2")
    assert deliver() == 1
    assert subjects() == ["On its way"]


def test_absent_mail_server_is_asked_once_a_round(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    Unreachable.tried = 0
    for number in range(5):
        tell(EventType.PAID, session=f"sess_{number}")
    assert deliver() == 0
    assert Unreachable.tried == 1


def test_failures_log_no_address(refusing: None, caplog: pytest.LogCaptureFixture) -> None:
    tell(EventType.PAID)
    with caplog.at_level("DEBUG"):
        deliver()
    assert "not sent: OSError" in caplog.text
    assert "grace" not in caplog.text
    assert "example.com" not in caplog.text


def test_message_id_is_the_same_for_every_attempt_and_new_for_a_repeat() -> None:
    tell(EventType.PAID)
    notification = Notification.objects.get()
    first = notification.message_id
    assert Notification.objects.get().message_id == first
    assert "sess_1" not in first
    notification.repeats = 1
    assert notification.message_id != first


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_mail_once() -> None:
    for number in range(20):
        tell(EventType.PAID, session=f"sess_{number}")
    assert sum(at_once(*[deliver] * 4)) == 20
    sent: list[EmailMessage] = mail.outbox
    assert len({message.extra_headers["Message-ID"] for message in sent}) == len(sent) == 20


@pytest.mark.django_db(transaction=True)
def test_webhook_does_not_wait_for_a_slow_mail_server(vendor: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    tell(EventType.PAID)
    sending, may_end = Slow.sending, Slow.may_end

    def post_meanwhile() -> float:
        assert sending.wait(10)
        began = time.monotonic()
        answer = post(vendor, payload(EventType.SHIPPED, FULL[EventType.SHIPPED], session="sess_2"))
        may_end.set()
        assert answer.status_code == 200
        return time.monotonic() - began

    sent, waited = at_once(deliver, post_meanwhile)
    assert sent == 1
    assert waited < 5


def test_mail_in_flight_is_nobody_elses() -> None:
    tell(EventType.PAID)
    assert Notification.objects.claim() is not None
    assert deliver() == 0


def test_mail_of_a_sender_that_died_goes_out_when_its_lease_is_over(settings: Settings) -> None:
    tell(EventType.PAID)
    assert Notification.objects.claim() is not None
    with later(seconds=settings.MAIL_LEASE + 1):
        assert deliver() == 1
        assert deliver() == 0


def test_sender_that_outlived_its_lease_changes_nothing_any_more(settings: Settings) -> None:
    tell(EventType.PAID)
    late = Notification.objects.claim()
    assert late is not None
    with later(seconds=settings.MAIL_LEASE + 1):
        deliver()
        late.postpone("too slow")
        assert not late.settle()
    assert states() == {"paid": State.SENT}


def test_lease_is_longer_than_any_sender_lives(
    settings: Settings,
) -> None:
    assert settings.MAIL_LEASE >= settings.CELERY_TASK_TIME_LIMIT > 10 * settings.EMAIL_TIMEOUT


# --- Staff ----------------------------------------------------------------------------------------


def send_again(client: Client, *, repeats: int = 0) -> None:
    pk = Notification.objects.get().pk
    assert (
        client.post(f"/dashboard/mails/{pk}/send-again/", {"repeats": repeats}).status_code == 302
    )


def test_staff_send_a_mail_again_once_for_two_clicks(staff_client: Client) -> None:
    tell(EventType.PAID)
    deliver()
    send_again(staff_client)
    send_again(staff_client)
    deliver()
    send_again(staff_client)
    deliver()
    assert subjects() == ["Payment received"] * 2
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


def test_superseded_mail_goes_out_when_staff_ask_for_it(staff_client: Client) -> None:
    order = tell(EventType.PAID)
    deliver()
    Notification.objects.create(
        order=order, kind=Kind.DELIVERED, state=State.SENT, sent_at=timezone.now()
    )
    paid = Notification.objects.get(kind=Kind.PAID)
    assert paid.send_again(seen_repeats=0)
    assert deliver() == 1


def test_mail_cannot_be_sent_again_without_an_address(staff_client: Client) -> None:
    tell(EventType.PAID)
    Order.objects.update(customer_email="")
    Notification.objects.update(state=State.SKIPPED)
    send_again(staff_client)
    assert states() == {"paid": State.SKIPPED}


@pytest.mark.parametrize("path", ["mails/{}/send-again/", "mails/{}/", "flags/{}/seen/"])
def test_strangers_may_not_act(client: Client, path: str) -> None:
    order = tell(EventType.PAID)
    pk = order.pk if "flags" in path else Notification.objects.get().pk
    address = "/dashboard/" + path.format(pk)
    response = client.post(address) if path.count("/") > 2 else client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_order_page_tells_what_became_of_each_mail(staff_client: Client, refusing: None) -> None:
    order = tell(EventType.PAID)
    deliver()
    page = staff_client.get(order.get_absolute_url()).content.decode()
    assert "Payment received" in page
    assert "1 attempt" in page
    assert "OSError" in page


def test_order_page_with_every_mail_costs_at_most_eight_queries(staff_client: Client) -> None:
    order = tell(*EventType)
    deliver()
    with CaptureQueriesContext(connection) as queries:
        staff_client.get(order.get_absolute_url())
    assert len(queries) <= 8


def test_staff_look_at_a_mail_under_a_policy_that_allows_nothing_but_its_styles(
    staff_client: Client,
) -> None:
    tell(EventType.PAID)
    response = staff_client.get(f"/dashboard/mails/{Notification.objects.get().pk}/")
    assert "Payment received" in response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_admin_lists_notifications(staff_client: Client) -> None:
    order = tell(EventType.PAID)
    assert staff_client.get("/admin/orders/notification/").status_code == 200
    assert staff_client.get(f"/admin/orders/order/{order.pk}/change/").status_code == 200


def test_admin_sends_again_what_is_chosen(staff_client: Client) -> None:
    tell(EventType.PAID)
    deliver()
    chosen = {"action": "send_again", "_selected_action": [Notification.objects.get().pk]}
    staff_client.post("/admin/orders/notification/", chosen)
    assert deliver() == 1
