"""The checks of our own site as visitors and Printora meet it: its host, HTTPS, files and mails."""

from collections.abc import Iterator
from email.utils import parseaddr
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import httpx
from django.apps import apps
from django.conf import settings
from django.http.request import validate_host
from django.urls import reverse

from printora_integration import conf
from vendor_kit.arguments import is_absolute_url

from .addresses import is_public, origin
from .findings import Finding, Level

_TIMEOUT = 4.0  # seconds for each of two requests
_THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]  # what Django allows with DEBUG


def check_allowed_hosts() -> Iterator[Finding]:
    """Check that our site answers under the host of its own address."""
    if not is_absolute_url(conf.site_url()):
        return  # check_settings reports that
    host = urlsplit(conf.site_url()).hostname or ""
    host = f"[{host}]" if ":" in host else host
    allowed = settings.ALLOWED_HOSTS or (_THIS_MACHINE if settings.DEBUG else [])
    if not validate_host(host, allowed):
        message = f"{host}, the host of PRINTORA_SITE_URL, is not one of them: it gets only 400."
        yield Finding(Level.ERROR, "allowed hosts", message, "Add it to ALLOWED_HOSTS.")
    elif "*" in allowed and not settings.DEBUG:
        message = "Every host is allowed: a forged one gets into links, as of a password reset."
        yield Finding(Level.WARNING, "allowed hosts", message, f"Set ALLOWED_HOSTS to {host}.")
    else:
        yield Finding(Level.OK, "allowed hosts", f"{host} is one of them.")


def check_cookies() -> Iterator[Finding]:
    """Check that cookies stay within HTTPS where the site has it, and work where it has not."""
    if not is_absolute_url(conf.site_url()):
        return
    is_https = conf.site_url().startswith("https:")
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    wrong = [name for name in names if bool(getattr(settings, name)) != is_https]
    if not wrong:
        yield Finding(Level.OK, "cookies", "They fit the scheme of PRINTORA_SITE_URL.")
    elif is_https:
        message = f"{' and '.join(wrong)} are off: cookies travel in the clear, too."
        yield Finding(Level.WARNING, "cookies", message, "Set them to True.")
    else:
        message = f"{' and '.join(wrong)} are on, and without https no form works."
        yield Finding(Level.ERROR, "cookies", message, "Serve the site over https.")


def check_static_files() -> Iterator[Finding]:
    """Check that the style sheets and scripts are collected, where they have a manifest."""
    if not apps.is_installed("django.contrib.staticfiles"):
        return
    from django.contrib.staticfiles.storage import staticfiles_storage

    try:
        staticfiles_storage.url("admin/css/base.css")
    except ValueError:
        message = "They are not collected on this machine: without them every page fails."
        hint = "Run `manage.py collectstatic`, and start the site again."
        yield Finding(Level.WARNING, "static files", message, hint)
    else:
        yield Finding(Level.OK, "static files", "Pages find them.")


def check_sender() -> Iterator[Finding]:
    """Check that a mail server would take our mails."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not is_public(f"http://{domain}"):
        message = f"DEFAULT_FROM_EMAIL is an address at {domain or 'no domain'}: mails are refused."
        hint = "Set it to an address at your public domain."
        yield Finding(Level.WARNING, "sender", message, hint)
    else:
        yield Finding(Level.OK, "sender", f"Mails come from an address at {domain}.")


def check_site() -> Iterator[Finding]:
    """Call our own site at its public address: its webhook's path, and its first page."""
    url = conf.site_url()
    if not is_absolute_url(url):
        return
    try:
        webhook = httpx.get(urljoin(url, reverse("printora:webhook")), timeout=_TIMEOUT)
        page = httpx.get(urljoin(url, "/"), timeout=_TIMEOUT)
    except httpx.HTTPError as error:
        yield _unreachable(url, error)
        return
    yield _verdict(url, webhook, page)


def _unreachable(url: str, error: httpx.HTTPError) -> Finding:
    if not is_public(url):
        message = f"{origin(url)} does not answer now; start it, and it is checked too."
        return Finding(Level.OK, "site", message)
    if "CERTIFICATE" in str(error).upper():
        message = f"{origin(url)} has no valid certificate: Printora and browsers refuse it."
        return Finding(Level.ERROR, "site", message, "Renew the certificate, its chain included.")
    message = f"{origin(url)} could not be reached from here."
    hint = "Check that it can from elsewhere: DNS, firewall, and the proxy in front."
    return Finding(Level.WARNING, "site", message, hint)


def _verdict(url: str, webhook: httpx.Response, page: httpx.Response) -> Finding:
    """Return what the two responses say; our webhook's path answers a GET with 405."""
    message = f"{origin(url)} answers "
    if HTTPStatus.BAD_REQUEST in {webhook.status_code, page.status_code}:
        hint = "Let the proxy in front pass the Host header on, and see ALLOWED_HOSTS."
        return Finding(Level.ERROR, "site", f"{message}400: it does not know its host.", hint)
    if webhook.is_redirect or _leads_to_itself(page):
        message += "with a redirect, and Printora follows none: no webhook arrives."
        hint = (
            "Set PRINTORA_SITE_URL to the address that it leads to. If that is the same, the proxy "
            "in front must say that a request came over https (SECURE_PROXY_SSL_HEADER)."
        )
        return Finding(Level.ERROR, "site", message, hint)
    if webhook.is_server_error or page.is_server_error:
        message += f"with {max(webhook.status_code, page.status_code)}."
        return Finding(Level.ERROR, "site", message, "Read the log of the site and of its proxy.")
    if webhook.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        message += "as another site would: its webhook's path is unknown there."
        hint = "Check PRINTORA_SITE_URL, and which site the proxy in front passes requests to."
        return Finding(Level.ERROR, "site", message, hint)
    return Finding(Level.OK, "site", f"{message}as our own site does.")


def _leads_to_itself(response: httpx.Response) -> bool:
    return (
        response.is_redirect
        and response.next_request is not None
        and (response.next_request.url == response.request.url)
    )
