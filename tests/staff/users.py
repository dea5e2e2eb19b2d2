"""Members of staff with some permissions."""

import secrets
from collections.abc import Collection

from django.contrib.auth.models import Group, Permission, User
from django.test import Client

EVERYTHING_BUT_CUSTOMERS = {
    *("orders.view_order", "orders.change_order", "orders.view_notification"),
    *("orders.export_order", "orders.resend_order", "orders.reconcile_order"),
    *("printora_integration.view_webhookevent", "printora_integration.view_refuseddelivery"),
    *("printora_integration.view_printsession", "gallery.manage_merch"),
}


def sign_in(
    permissions: Collection[str] = (), *, group: str = "", superuser: bool = False
) -> Client:
    """Return the browser of a new member of staff with these permissions, or of a group."""
    name = f"staff-{secrets.token_hex(4)}"
    user = User.objects.create_user(name, is_staff=True, is_superuser=superuser)
    if group:
        user.groups.add(Group.objects.get(name=group))
    for permission in permissions:
        label, codename = permission.split(".")
        found = Permission.objects.get(content_type__app_label=label, codename=codename)
        user.user_permissions.add(found)
    client = Client()
    client.force_login(user)
    return client
