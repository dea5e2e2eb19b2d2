"""The mail server is one setting; how long customers' data is stored is another."""

import pytest

from tests.integration.test_settings import read

pytestmark = pytest.mark.one_database


def test_one_address_names_the_mail_server_and_its_login() -> None:
    settings = read(EMAIL_URL="smtp+tls://user%40example.com:p%3Aw@mail.example.com:587")
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example.com", 587)
    assert settings["EMAIL_HOST_USER"] == "user@example.com"
    assert settings["EMAIL_HOST_PASSWORD"] == "p:w"
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (True, False)


def test_production_without_it_uses_the_machines_own_mail_server() -> None:
    settings = read(EMAIL_URL="")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("localhost", 25)
    assert settings["EMAIL_FILE_PATH"] is None
    assert settings["EMAIL_TIMEOUT"] <= 10
    assert settings["DEFAULT_FROM_EMAIL"] == "DreamCanvas <orders@gallery.example.com>"


def test_demo_writes_mails_into_its_var_folder() -> None:
    settings = read(DEBUG="True")
    assert settings["EMAIL_BACKEND"] == "orders.notifications.file_backend.EmailBackend"
    assert settings["EMAIL_FILE_PATH"] == str(settings["VAR_DIR"] / "mail")


def test_mails_can_be_written_into_any_folder() -> None:
    settings = read(EMAIL_URL="filemail:////srv/mail")
    assert settings["EMAIL_BACKEND"] == "orders.notifications.file_backend.EmailBackend"
    assert settings["EMAIL_FILE_PATH"] == "/srv/mail"


def test_retention_is_a_year_unless_it_is_set() -> None:
    assert read()["RETENTION_DAYS"] == 365
    assert read(RETENTION_DAYS="0")["RETENTION_DAYS"] == 0


def test_no_task_is_given_to_a_second_worker_while_the_first_may_still_run_it() -> None:
    settings = read()
    options = settings["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert options["visibility_timeout"] > settings["CELERY_TASK_TIME_LIMIT"]
    assert settings["CELERY_TASK_ACKS_LATE"]
    assert settings["CELERY_TASK_REJECT_ON_WORKER_LOST"]


def test_no_scheduled_task_expires_by_the_clock_of_another_machine() -> None:
    for entry in read()["CELERY_BEAT_SCHEDULE"].values():
        assert set(entry) == {"task", "schedule"}
