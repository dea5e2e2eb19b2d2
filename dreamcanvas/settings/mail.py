"""The mail server, and the sender of the customers' mails."""

from urllib.parse import quote, urlsplit

from .environment import APP_URL, DEBUG, VAR_DIR, env

# Without EMAIL_URL: files that any mail program opens in the demo, elsewhere the machine's server.
_EMAIL = env.mail(
    "EMAIL_URL", f"filemail:///{quote(str(VAR_DIR / 'mail'))}" if DEBUG else "smtp://localhost:25"
)
EMAIL_FILE_PATH: str | None = _EMAIL["EMAIL_FILE_PATH"]
EMAIL_BACKEND: str = _EMAIL["EMAIL_BACKEND"]
if EMAIL_FILE_PATH:
    EMAIL_BACKEND = "orders.notifications.file_backend.EmailBackend"
EMAIL_HOST: str = _EMAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT: int = _EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER: str = _EMAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _EMAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = _EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10  # seconds for each step of a conversation
_HOST = urlsplit(APP_URL).hostname or ""
DEFAULT_FROM_EMAIL = env.sender(
    "DEFAULT_FROM_EMAIL",
    f"DreamCanvas <orders@{'localhost' if ':' in _HOST else _HOST}>",  # IPv6 has a form of its own
)
