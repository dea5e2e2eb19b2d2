"""Erase what the gallery keeps of visitors who ask to be forgotten."""

from collections.abc import Collection

from gallery.interest import unlike
from gallery.models import Interest, Like, Upload


def erase_visitors(visitors: Collection[str]) -> dict[str, int]:
    """Delete these visitors' pictures, likes and looks; return how many of each.

    A setting names this function: whoever forgets a customer does not know the gallery.
    """
    uploads = list(Upload.objects.filter(visitor__in=visitors))
    for upload in uploads:
        upload.erase()
    likes = list(Like.objects.filter(visitor__in=visitors).select_related("artwork"))
    for liked in likes:
        unlike(liked.artwork, visitor=liked.visitor)
    looks, _each = Interest.objects.filter(visitor__in=visitors).delete()
    return {"pictures": len(uploads), "likes": len(likes), "looks": looks}
