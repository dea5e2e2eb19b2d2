"""The secret key, the host names, HTTPS, the cookies and the Content-Security-Policy."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from .environment import APP_URL, DEBUG, env, secret
from .printora import PRINTORA_REDIRECT_HOSTS

SECRET_KEY = secret("SECRET_KEY", demo="demo-key-for-this-machine-only-never-for-a-deployment-0000")
ALLOWED_HOSTS = env.allowed_hosts(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [APP_URL]
)

SILENCED_SYSTEM_CHECKS = [
    # Other sites may be on our subdomains, and they decide for themselves. A place in the browsers'
    # preload list cannot be taken back.
    *("security.W005", "security.W021"),
]
_HTTPS = APP_URL.startswith("https://")
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^webhooks/printora/?$", r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
if urlsplit(APP_URL).hostname in {"localhost", "127.0.0.1", "::1"} and not _HTTPS:
    # Nobody listens between a browser and the same machine: HTTPS, HSTS, secure cookies.
    SILENCED_SYSTEM_CHECKS += [f"security.W0{number}" for number in ("04", "08", "12", "16")]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
# Cookies ignore ports: the sandbox's names must differ. With __Host- a browser takes a cookie only
# from this very host and over https: no subdomain and nobody on the network can set one.
_PREFIX = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}dreamcanvas_session"
CSRF_COOKIE_NAME = f"{_PREFIX}dreamcanvas_csrf"
CSRF_COOKIE_HTTPONLY = True  # forms and htmx send the token of the page
CSRF_TRUSTED_ORIGINS = [APP_URL]
X_FRAME_OPTIONS = "DENY"

# Chromium applies form-action to the redirect that follows a form too, so it must name the editor.
_EDITOR_ORIGINS = [
    origin
    for host in PRINTORA_REDIRECT_HOSTS
    for origin in ([host] if "://" in host else [f"https://{host}", f"https://*.{host}"])
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Merch is shown with the picture that its maker chose, from any host.
        "img-src": [
            SELF,
            "data:",
            "https:",
            *(each for each in _EDITOR_ORIGINS if each.startswith("http:")),
        ],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *_EDITOR_ORIGINS],
    }
}
