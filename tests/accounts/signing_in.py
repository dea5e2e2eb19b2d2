"""Sign in as a browser does, step by step."""

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accounts.authenticator import totp

NAME, PASSWORD = "operator", "correct horse battery staple"
LOGIN = "/accounts/login/"
CODE = "/accounts/second-factor/code/"
RECOVERY = "/accounts/second-factor/recovery/"
SECRET = b"12345678901234567890"


def enter_password(
    client: Client,
    password: str = PASSWORD,
    *,
    name: str = NAME,
    page: str = "",
    address: str = "203.0.113.7",
) -> HttpResponse:
    """Post the form of the sign-in page, from a client's address."""
    data = {"username": name, "password": password, "next": page}
    return client.post(LOGIN, data, REMOTE_ADDR=address)  # type: ignore[return-value]


def fail(client: Client, times: int, *, name: str = NAME, address: str = "203.0.113.7") -> None:
    """Enter wrong passwords."""
    for _ in range(times):
        enter_password(client, "wrong", name=name, address=address)


def set_up(user: User) -> TOTPDevice:
    """Give a user an authenticator with our secret."""
    return TOTPDevice.objects.create(user=user, key=SECRET.hex(), confirmed=True)


def enter_code(client: Client, code: str = "", *, page: str = CODE) -> HttpResponse:
    """Post a code, by default the right one of now."""
    return client.post(page, {"code": code or totp(SECRET)})  # type: ignore[return-value]


def is_signed_in(client: Client) -> bool:
    """Return whether this browser reaches the pages of staff."""
    return client.get("/dashboard/").status_code == 200
