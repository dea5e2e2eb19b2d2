"""How long customers' data is kept, and who erases it."""

from .environment import env

# Days after which customers' data is taken out of orders, events and sessions; 0 keeps it for ever.
RETENTION_DAYS = env.integer("RETENTION_DAYS", 365, minimum=0, maximum=36_500)
# `manage.py forget` calls these with the ids of the visitors that it erased: the apps orders and
# gallery do not import each other.
VISITOR_ERASERS = [
    "gallery.uploads.storage.erase_uploads",
    "gallery.engagement.counters.erase_engagement",
]
