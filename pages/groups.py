"""Groups of staff that the apps bring with them, created after `migrate`."""

from collections.abc import Collection
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import router, transaction
from django.db.models.signals import post_migrate


def create_group_after_migrate(app: AppConfig, name: str, permissions: Collection[str]) -> None:
    """Connect the receiver that creates this group whenever the app has been migrated."""

    def on_migrated(*, using: str, **signal: object) -> None:
        create_group(name, permissions, apps=signal.get("apps"), using=using)

    post_migrate.connect(on_migrated, sender=app, weak=False, dispatch_uid=f"create group {name}")


def create_group(name: str, permissions: Collection[str], *, apps: object, using: str) -> None:
    """Create a group with these permissions ("orders.view_order"), unless it exists.

    A group that exists belongs to its operators: what they added stays, and what they took away is
    not given back. `using` and `apps` are those of `post_migrate`; `flush` sends it without `apps`.
    """
    registry: Any = apps or installed_apps
    try:
        groups = registry.get_model("auth", "Group").objects.using(using)
    except LookupError:  # auth is not migrated yet: a later run makes the group
        return
    if not router.allow_migrate_model(using, groups.model) or groups.filter(name=name).exists():
        return
    rows = _permissions(permissions, apps=registry, using=using)
    if len(rows) < len(permissions):  # an app of theirs is not migrated yet
        return
    with transaction.atomic(using=using):
        groups.create(name=name).permissions.set(rows)


def _permissions(names: Collection[str], *, apps: Any, using: str) -> list[Any]:  # noqa: ANN401 -- an app registry
    """Return the permissions of these names; those of other apps may have to be made first.

    Django makes an app's permissions when that app is migrated, one app after the other.
    """
    rows = []
    for label in {name.split(".")[0] for name in names}:
        app = installed_apps.get_app_config(label)
        create_permissions(app, verbosity=0, using=using, apps=apps)
        codenames = [name.split(".")[1] for name in names if name.startswith(f"{label}.")]
        found = apps.get_model("auth", "Permission").objects.using(using)
        rows += found.filter(content_type__app_label=label, codename__in=codenames)
    return rows
