"""Staff download what they see as CSV: all of it, noted, and nothing that calculates."""

import csv
import io
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from orders.dashboard.order_list.csv_export import CUT, EMPTY
from orders.models import Order
from pages.exports import csv_cell

pytestmark = pytest.mark.django_db

EXPORT = "/dashboard/orders.csv"


def make_order(number: int, **columns: object) -> Order:
    return Order.objects.create(
        **{"session_id": f"sess_{number}", "order_id": f"ord_{number}"} | columns
    )


def exported(client: Client, **query: str) -> list[dict[str, str]]:
    response = client.get(EXPORT, query)
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_export_is_for_staff_only(client: Client) -> None:
    assert client.get(EXPORT)["Location"].startswith("/accounts/login/")
    client.force_login(User.objects.create_user("visitor"))
    assert client.get(EXPORT).status_code == 403


def test_file_holds_what_is_filtered_beyond_one_page(staff_client: Client) -> None:
    for number in range(120):
        make_order(number, status="paid" if number % 2 else "pending")
    rows = exported(staff_client, status="paid", before="3")
    assert len(rows) == 60
    assert {row["status"] for row in rows} == {"paid"}
    assert rows[0]["order_id"] == "ord_119"


def test_file_is_named_for_its_day(staff_client: Client) -> None:
    with time_machine.travel("2026-02-27T12:00Z", tick=False):
        response = staff_client.get(EXPORT)
    assert response["Content-Disposition"] == 'attachment; filename="orders-2026-02-27.csv"'


def test_names_that_are_formulas_stay_names(staff_client: Client) -> None:
    make_order(1, customer_first_name='=HYPERLINK("http://evil")', carrier="@SUM(A1)")
    [row] = exported(staff_client)
    assert row["customer"] == '\'=HYPERLINK("http://evil")'
    assert row["carrier"] == "'@SUM(A1)"


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_cell_that_would_calculate_is_quoted(value: str) -> None:
    assert csv_cell(value) == f"'{value}"


def test_export_is_logged_without_the_searched_text(staff_client: Client) -> None:
    exported(staff_client, q="grace@example.com", status="paid")
    entry = LogEntry.objects.get()
    assert entry.change_message == "Exported orders as CSV: q, status paid."
    assert entry.user.username == "operator"


@pytest.mark.parametrize("count", [1, 30])
def test_export_takes_the_same_queries_for_one_and_for_many(
    staff_client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_order(number)
    with django_assert_max_num_queries(7):
        assert len(exported(staff_client)) == count


def test_days_filter_to_the_edge(staff_client: Client) -> None:
    today = timezone.now().date()
    for ago in range(4):
        order = make_order(ago)
        moment = timezone.now() - timedelta(days=ago)
        Order.objects.filter(pk=order.pk).update(first_seen_at=moment)

    def days(**query: date) -> list[str | None]:
        rows = exported(staff_client, **{name: day.isoformat() for name, day in query.items()})
        return [row["order_id"] for row in rows]

    yesterday, before = today - timedelta(days=1), today - timedelta(days=2)
    assert days(since=yesterday) == ["ord_1", "ord_0"]
    assert days(until=before) == ["ord_3", "ord_2"]
    assert days(since=before, until=yesterday) == ["ord_2", "ord_1"]
    assert days(since=today + timedelta(days=1)) == [None]  # the line that says so
    assert days(until=date.max) == ["ord_3", "ord_2", "ord_1", "ord_0"]


# --- An export that is not whole ------------------------------------------------------------------


def test_empty_export_says_so(staff_client: Client) -> None:
    [row] = exported(staff_client, status="paid")
    assert row["order_number"] == EMPTY


def lose_orders() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_order RENAME TO orders_lost")


def test_export_whose_database_fails_half_way_ends_with_a_line_that_says_so(
    staff_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    Order.objects.bulk_create(
        Order(session_id=f"s{n}", order_id=f"ord_{n}", customer_email="grace@example.com")
        for n in range(1001)  # one more than are read at once
    )
    response = staff_client.get(EXPORT)
    assert isinstance(response, StreamingHttpResponse)
    lines = iter(response)
    read = [next(lines)]
    lose_orders()
    read += lines
    assert len(read) == 1 + 1000 + 1
    assert read[-1].decode().strip() == CUT
    assert "CSV export of orders cut off" in caplog.text
    assert "grace" not in caplog.text


def test_export_without_a_database_is_an_error_and_no_file(staff_client: Client) -> None:
    lose_orders()
    with pytest.raises(DatabaseError):
        staff_client.get(EXPORT)


def test_whole_export_does_not_say_that_it_is_cut_off(staff_client: Client) -> None:
    make_order(1)
    [row] = exported(staff_client)
    assert row["order_number"] == ""
