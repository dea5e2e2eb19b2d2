"""The errors of this package, so that a partner imports them from one place.

They are those of `vendor_kit/exceptions.py`, where the tree is drawn; `PrintoraError` is the root.
"""

from vendor_kit.exceptions import *  # noqa: F403 -- the whole tree
from vendor_kit.exceptions import VendorError

PrintoraError = VendorError
