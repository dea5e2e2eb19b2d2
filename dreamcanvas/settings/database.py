"""The database: PostgreSQL in production, SQLite in the demo."""

from typing import Any

from .environment import VAR_DIR, env

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database("DATABASE_URL", VAR_DIR / "dreamcanvas.sqlite3"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers work while another process writes. IMMEDIATE takes the write lock when a
    # transaction begins: two transactions then wait for each other, and none fails half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL",
    }
else:
    DATABASES["default"] |= {
        "ENGINE": "dreamcanvas.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # A frequent query is parsed once for each connection, and planned anew for its values: a
        # plan for any value cannot use a partial index, and reads rows that LIMIT should spare.
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 5,
            "options": "-c plan_cache_mode=force_custom_plan",
        }
        | DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
