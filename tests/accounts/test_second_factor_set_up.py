"""Setting up an authenticator app, recovery codes, and the way back after losing the phone."""

import io
import re

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accounts.authenticator import SET_UP, shown_secret, totp
from tests.accounts.signing_in import (
    LOGIN,
    RECOVERY,
    SECRET,
    enter_code,
    enter_password,
    is_signed_in,
    set_up,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor")]

SECOND_FACTOR = "/accounts/second-factor/"


def set_up_as_a_person(client: Client) -> list[str]:
    """Sign in for the first time, and return the recovery codes that are shown."""
    enter_password(client)
    page = enter_code(client, totp(shown_secret(client)), page=SET_UP).content.decode()
    return re.findall(r"<li>([A-Z2-7-]{19})</li>", page)


def test_first_sign_in_sets_up_the_app(client: Client, operator: User) -> None:
    assert enter_password(client, page="/admin/")["Location"] == SET_UP
    page = enter_code(client, totp(shown_secret(client)), page=SET_UP).content.decode()
    assert 'href="/admin/"' in page
    assert is_signed_in(client)
    assert LogEntry.objects.get().change_message == "Set up the second factor."


def test_page_shows_a_qr_code_that_the_content_security_policy_allows(
    client: Client, operator: User
) -> None:
    enter_password(client)
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert "otpauth://totp/DreamCanvas%3Aoperator?secret=" in page
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)


def test_reloaded_page_shows_the_same_secret(client: Client, operator: User) -> None:
    enter_password(client)
    assert shown_secret(client) == shown_secret(client)


def test_secret_that_an_earlier_sign_in_saw_is_not_used(client: Client, operator: User) -> None:
    attacker = Client()
    enter_password(attacker)
    seen = shown_secret(attacker)
    enter_password(client)
    assert shown_secret(client) != seen
    enter_code(client, totp(seen), page=SET_UP)
    assert not is_signed_in(client)


def test_wrong_first_code_sets_up_nothing(client: Client, operator: User) -> None:
    enter_password(client)
    secret = shown_secret(client)
    enter_code(client, "000000", page=SET_UP)
    assert not is_signed_in(client)
    assert shown_secret(client) == secret
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_person_who_has_an_app_cannot_set_up_another_with_the_password(
    client: Client, operator: User
) -> None:
    enter_password(client)
    secret = shown_secret(client)
    set_up(operator)
    enter_code(client, totp(secret), page=SET_UP)
    assert not is_signed_in(client)
    assert TOTPDevice.objects.filter(confirmed=True).count() == 1


def test_ten_recovery_codes_are_stored_as_hashes(client: Client, operator: User) -> None:
    codes = set_up_as_a_person(client)
    assert len(set(codes)) == 10
    stored = {token.token for token in StaticToken.objects.all()}
    assert len(stored) == 10
    assert not stored & {code.replace("-", "") for code in codes}


def test_recovery_code_signs_in_once(client: Client, operator: User) -> None:
    code = set_up_as_a_person(client)[0]
    for browser, accepted in ((Client(), True), (Client(), False)):
        enter_password(browser)
        enter_code(browser, code, page=RECOVERY)
        assert is_signed_in(browser) is accepted


def test_recovery_code_may_be_typed_carelessly(client: Client, operator: User) -> None:
    code = set_up_as_a_person(client)[0]
    browser = Client()
    enter_password(browser)
    enter_code(browser, f" {code.lower().replace('-', ' ')} ", page=RECOVERY)
    assert is_signed_in(browser)


def test_wrong_recovery_codes_are_slowed_down(client: Client, operator: User) -> None:
    code = set_up_as_a_person(client)[0]
    browser = Client()
    enter_password(browser)
    enter_code(browser, "AAAA-AAAA-AAAA-AAAA", page=RECOVERY)
    assert "Try again in 1 second." in enter_code(browser, code, page=RECOVERY).content.decode()


def test_new_recovery_codes_replace_the_old_ones(
    client: Client, operator: User, clock: time_machine.Traveller
) -> None:
    enter_password(client)
    set_up(operator)
    enter_code(client)
    assert f'href="{SECOND_FACTOR}"' in client.get("/").content.decode()
    assert "0 recovery codes" in client.get(SECOND_FACTOR).content.decode()
    clock.shift(30)
    assert "Store your recovery codes" in enter_code(client, page=SECOND_FACTOR).content.decode()
    assert "10 recovery codes" in client.get(SECOND_FACTOR).content.decode()


def test_open_browser_alone_changes_nothing(client: Client, operator: User) -> None:
    set_up(operator)
    enter_password(client)
    enter_code(client)
    client.post(SECOND_FACTOR, {"code": "000000", "new_phone": "yes"})
    assert TOTPDevice.objects.get().bin_key == SECRET
    assert not StaticToken.objects.exists()


def test_other_phone_is_set_up_at_once(
    client: Client, operator: User, clock: time_machine.Traveller
) -> None:
    set_up(operator)
    enter_password(client)
    enter_code(client)
    clock.shift(30)
    response = client.post(SECOND_FACTOR, {"code": totp(SECRET), "new_phone": "yes"})
    assert response["Location"] == SET_UP
    assert not is_signed_in(client)
    enter_code(client, totp(shown_secret(client)), page=SET_UP)
    assert is_signed_in(client)


def test_recovery_code_is_enough_to_set_up_another_phone(client: Client, operator: User) -> None:
    codes = set_up_as_a_person(client)
    browser = Client()
    enter_password(browser)
    enter_code(browser, codes[0], page=RECOVERY)
    response = browser.post(SECOND_FACTOR, {"code": codes[1], "new_phone": "yes"})
    assert response["Location"] == SET_UP


def test_page_of_the_second_factor_is_for_verified_staff(client: Client, operator: User) -> None:
    assert client.get(SECOND_FACTOR)["Location"] == LOGIN
    client.force_login(operator)
    assert client.get(SECOND_FACTOR)["Location"] == LOGIN


def test_colleague_removes_a_lost_phone_in_the_admin(client: Client, operator: User) -> None:
    set_up_as_a_person(client)
    colleague = User.objects.create_superuser("colleague", password="own")
    lost = TOTPDevice.objects.create(user=colleague, confirmed=True)
    page = f"/admin/otp_totp/totpdevice/{lost.pk}/"
    assert lost.key not in client.get(page).content.decode()
    client.post(f"{page}delete/", {"post": "yes"})
    browser = Client()
    assert enter_password(browser, "own", name="colleague")["Location"] == SET_UP


def test_secret_has_no_page_in_the_admin(client: Client, operator: User) -> None:
    set_up_as_a_person(client)
    device = TOTPDevice.objects.get()
    for page in ("config", "qrcode", "change"):
        response = client.get(f"/admin/otp_totp/totpdevice/{device.pk}/{page}/")
        assert device.key not in response.content.decode()
    assert client.get("/admin/otp_totp/totpdevice/add/").status_code == 403
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404


def test_command_removes_the_second_factor_of_the_last_superuser(
    client: Client, operator: User
) -> None:
    codes = set_up_as_a_person(client)
    out = io.StringIO()
    call_command("reset_second_factor", "operator", stdout=out)
    assert "Removed." in out.getvalue()
    assert not is_signed_in(client)  # the session that it verified
    assert enter_password(client)["Location"] == SET_UP
    enter_code(client, codes[0], page=RECOVERY)
    assert not is_signed_in(client)


def test_command_names_a_person_who_does_not_exist(db: None) -> None:
    with pytest.raises(CommandError, match="no user with this name"):
        call_command("reset_second_factor", "nobody")
