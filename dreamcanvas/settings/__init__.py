"""The settings of the site, one module for each topic.

`environment` reads the environment and is the only module that all others import. A topic that
builds on another topic's setting imports it by name. Each setting is in one module only, so the
order below does not matter. To import the settings creates no file and no folder.
"""

from .accounts import *  # noqa: F403 -- Django reads all settings from one module
from .background import *  # noqa: F403
from .base import *  # noqa: F403
from .database import *  # noqa: F403
from .environment import *  # noqa: F403
from .files import *  # noqa: F403
from .logs import *  # noqa: F403
from .mail import *  # noqa: F403
from .printora import *  # noqa: F403
from .privacy import *  # noqa: F403
from .processes import *  # noqa: F403
from .security import *  # noqa: F403
