"""The settings that printora_integration reads."""

from .environment import APP_URL, DEBUG, SANDBOX_PORT, env, secret, secrets

_SANDBOX_ORIGINS = [f"http://{host}:{SANDBOX_PORT}" for host in ("localhost", "127.0.0.1")]

PRINTORA_SITE_URL = APP_URL
PRINTORA_API_URL = env.origin(
    "PRINTORA_API_URL", _SANDBOX_ORIGINS[0] if DEBUG else "https://api.printora.ai"
)
PRINTORA_API_KEY = secret("PRINTORA_API_KEY", demo="sk_test_dreamcanvas_sandbox")
# Several while rotating, newest first.
PRINTORA_WEBHOOK_SECRETS = secrets("PRINTORA_WEBHOOK_SECRET", demo="whsec_dreamcanvas_sandbox")
# A bare host allows https on it and on its subdomains; a whole origin allows just that origin.
PRINTORA_REDIRECT_HOSTS = env.redirect_hosts(
    "PRINTORA_REDIRECT_HOSTS", ["printora.ai", *(_SANDBOX_ORIGINS if DEBUG else [])]
)
PRINTORA_SUCCESS_URL_NAME = "orders:callback_success"
PRINTORA_FAILED_URL_NAME = "orders:callback_failed"
