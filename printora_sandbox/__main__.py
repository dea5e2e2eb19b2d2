"""Run a management command of the sandbox: ``python -m printora_sandbox migrate``."""

import os
import sys

from django.core.management import execute_from_command_line

from env_reader import explain_refusals


def main() -> None:
    """Run the command with the sandbox's settings and ignore those of the environment."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "printora_sandbox.settings"
    with explain_refusals():
        execute_from_command_line(["python -m printora_sandbox", *sys.argv[1:]])


if __name__ == "__main__":
    main()
