"""How staff sign in, and for how long."""

from datetime import timedelta

from .environment import APP_URL, env

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "orders:dashboard"
LOGOUT_REDIRECT_URL = "gallery:index"

# --- The brake on guessing passwords (accounts.lockout has the limits) ----------------------------

AXES_HANDLER = "accounts.lockout.LockoutHandler"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_FAILURE_LIMIT = 1  # accounts.lockout decides, and answers in this unit
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # what a right password resets
AXES_RESET_ON_SUCCESS = True
# Otherwise an attacker who goes on prolongs the lockout without end.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_network"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_response"
AXES_VERBOSE = False  # its lines would carry usernames and addresses

# --- The second factor --------------------------------------------------------------------------

STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", default=APP_URL.startswith("https://"))
OTP_TOTP_ISSUER = "DreamCanvas"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

# --- The session --------------------------------------------------------------------------------

SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds after the sign-in, whatever the person does
STAFF_IDLE_MINUTES = env.integer("STAFF_IDLE_MINUTES", 60, minimum=1, maximum=7 * 24 * 60)
# An open page asks these again and again by itself: that is no activity of a person.
STAFF_POLLED_VIEWS = {"orders:new_orders", "orders:reconciliation"}
