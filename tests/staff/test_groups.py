"""The groups of staff come with the first migration, and belong to their operators afterwards."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal

from gallery import apps as gallery
from orders import apps as orders
from pages.groups import create_group

pytestmark = pytest.mark.django_db


def names(group: str) -> set[str]:
    rows = Group.objects.get(name=group).permissions.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


def test_migration_of_an_empty_database_makes_both_groups() -> None:
    assert names(orders.GROUP) == set(orders.GROUP_PERMISSIONS)
    assert names(gallery.GROUP) == set(gallery.GROUP_PERMISSIONS)


def test_next_migration_leaves_what_operators_changed() -> None:
    group = Group.objects.get(name=orders.GROUP)
    group.permissions.remove(Permission.objects.get(codename="view_customer"))
    group.permissions.add(Permission.objects.get(codename="manage_merch"))
    changed = names(orders.GROUP)
    call_command("migrate", verbosity=0)
    assert names(orders.GROUP) == changed


def test_existing_database_gets_the_groups_though_their_permissions_are_not_there_yet() -> None:
    Group.objects.all().delete()
    Permission.objects.all().delete()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert names(orders.GROUP) == set(orders.GROUP_PERMISSIONS)
    assert names(gallery.GROUP) == set(gallery.GROUP_PERMISSIONS)


def test_group_waits_for_permissions_that_no_app_has_yet() -> None:
    create_group("Later", ["orders.of_tomorrow"], apps=apps, using="default")
    assert not Group.objects.filter(name="Later").exists()
