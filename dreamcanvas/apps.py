"""The project itself as an app, for its checks at start-up."""

from django.apps import AppConfig


class DreamCanvasConfig(AppConfig):
    name = "dreamcanvas"

    def ready(self) -> None:
        from . import readiness  # noqa: F401 -- the import registers its checks
