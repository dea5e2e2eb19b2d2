"""Read settings from the environment and from `.env`, as people really write them.

A value is taken as it is meant, or refused by one sentence that names the setting. The site, the
sandbox and the tools read the same `.env`, so all of them read it with this package. It knows no
setting of theirs. No message contains a value: it may be a secret.
"""

from .errors import SettingError, explain_refusals
from .files import read_env_file
from .reader import Environment

__all__ = ["Environment", "SettingError", "explain_refusals", "read_env_file"]
