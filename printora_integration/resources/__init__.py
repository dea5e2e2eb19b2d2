"""Offer Printora's endpoints, grouped by what they are about; `client.py` does the HTTP.

Every method raises ArgumentError before anything is sent, or what PrintoraClient says.
"""

from .catalog import Catalog
from .creators import Creators
from .merch import MerchItems
from .merch_editor import MerchEditors
from .orders import Orders
from .sessions import Sessions
from .webhook_logs import WebhookLogs

__all__ = ["Catalog", "Creators", "MerchEditors", "MerchItems", "Orders", "Sessions", "WebhookLogs"]
