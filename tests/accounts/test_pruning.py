"""What sign-ins leave behind is deleted every night."""

import io
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.pruning import prune
from tests.accounts.signing_in import enter_password, fail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operator")]


def test_old_rows_are_deleted(client: Client, clock: time_machine.Traveller) -> None:
    fail(client, 1, name="somebody")
    enter_password(client)
    TOTPDevice.objects.create(user=User.objects.get(), confirmed=False)
    clock.shift(timedelta(days=90, seconds=1))
    assert prune() == (
        "1 sessions, 1 failed sign-ins, 1 lines of the sign-in log, 0 lines of the failure log, "
        "1 unfinished second factors"
    )
    models = (Session, AccessAttempt, AccessLog, TOTPDevice)
    assert not any(model.objects.exists() for model in models)


def test_command_for_customers_data_prunes_sign_ins_too(clock: time_machine.Traveller) -> None:
    TOTPDevice.objects.create(user=User.objects.get(), confirmed=False)
    clock.shift(timedelta(days=2))
    out = io.StringIO()
    call_command("prune", days=0, stdout=out)
    assert "1 unfinished second factors." in out.getvalue()
    assert not TOTPDevice.objects.exists()


def test_fresh_rows_stay(client: Client, clock: time_machine.Traveller) -> None:
    fail(client, 1, name="somebody")
    enter_password(client)
    TOTPDevice.objects.create(user=User.objects.get(), confirmed=False)
    clock.shift(timedelta(minutes=14))
    prune()
    models = (Session, AccessAttempt, AccessLog, TOTPDevice)
    assert all(model.objects.exists() for model in models)


def test_second_factor_that_is_set_up_stays(clock: time_machine.Traveller) -> None:
    TOTPDevice.objects.create(user=User.objects.get(), confirmed=True)
    clock.shift(timedelta(days=900))
    prune()
    assert TOTPDevice.objects.exists()
