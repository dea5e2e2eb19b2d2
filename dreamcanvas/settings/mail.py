"""The mail server, and the sender of the customers' mails."""

from urllib.parse import urlsplit

from .environment import APP_URL, DEBUG, VAR_DIR, env

# Without EMAIL_URL: files that any mail program opens in the demo, elsewhere the machine's server.
_EMAIL_URL = env.str("EMAIL_URL", default="") or (
    f"filemail:///{VAR_DIR / 'mail'}" if DEBUG else "smtp://localhost:25"
)
_EMAIL = env.email_url_config(
    _EMAIL_URL,
    backend="orders.notifications.file_backend.EmailBackend"
    if _EMAIL_URL.startswith("filemail:")
    else None,
)
EMAIL_BACKEND: str = _EMAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH: str | None = _EMAIL["EMAIL_FILE_PATH"] or None
EMAIL_HOST: str = _EMAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT: int = _EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER: str = _EMAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _EMAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = _EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10  # seconds for each step of a conversation
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"DreamCanvas <orders@{urlsplit(APP_URL).hostname}>"
)
