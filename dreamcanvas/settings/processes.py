"""How many processes and threads serve and work, and where the web server listens."""

from .environment import env

HOST = env.text("HOST", "127.0.0.1")
WEB_WORKERS = env.integer("WEB_WORKERS", 2, minimum=1, maximum=512)
WEB_THREADS = env.integer("WEB_THREADS", 6, minimum=1, maximum=512)
CELERY_WORKER_CONCURRENCY = env.integer("WORKER_CONCURRENCY", 2, minimum=1, maximum=512)
