"""The log has one line for each sign-in, with neither name nor password nor code."""

import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.accounts.signing_in import CODE, NAME, PASSWORD, enter_code, enter_password, set_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor")]

ADDRESS = "203.0.113.7"


def test_log_has_a_line_for_each_step_without_name_password_or_code(
    client: Client, operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    set_up(operator)
    caplog.set_level(logging.INFO)
    enter_password(client, "wrong-password")
    enter_password(client)
    client.post(CODE, {"code": "000000"}, REMOTE_ADDR=ADDRESS)
    assert caplog.messages == [
        f"sign-in failed from {ADDRESS}",
        f"second factor of user {operator.pk} refused from {ADDRESS}",
    ]
    assert not any(each in caplog.text for each in (NAME, PASSWORD, "wrong-password", "000000"))


def test_log_says_who_signed_in_and_how(
    client: Client, operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    set_up(operator)
    caplog.set_level(logging.INFO)
    enter_password(client)
    enter_code(client)
    assert caplog.messages == [f"user {operator.pk} signed in with a second factor from 127.0.0.1"]


def test_log_says_when_a_sign_in_is_locked(
    client: Client, operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(11):
        enter_password(client, "wrong")
    assert caplog.messages == [
        *[f"sign-in failed from {ADDRESS}"] * 9,
        *[f"sign-in locked from {ADDRESS}"] * 2,
    ]
