"""Migrate one server's database, in one process: to start Django takes the longest.

A database that another version of DreamCanvas made is moved aside first. Usage:
`python -m tools.prepare SETTINGS [--rename-schema] [COMMAND …]`; the commands of manage.py run
after the migration.
"""

import argparse
import io
import os
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

from env_reader import explain_refusals
from tools import databases
from tools.processes import fail, print_note


def main() -> None:
    """Migrate the database of the settings that the command line names."""
    arguments = _arguments()
    os.environ["DJANGO_SETTINGS_MODULE"] = arguments.settings
    with explain_refusals():
        django.setup()
    if connection.vendor == "sqlite":
        move_old_file()
    elif databases.is_outdated(connection):
        move_old_schema(allowed=arguments.rename_schema)
    call_command("migrate", verbosity=0)
    for command in arguments.commands:
        call_command(command, stdout=io.StringIO())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.prepare", description=__doc__)
    parser.add_argument("settings", help="a settings module, such as dreamcanvas.settings")
    parser.add_argument("commands", nargs="*", help="of manage.py, without arguments")
    parser.add_argument(
        "--rename-schema", action="store_true", help="move the tables of PostgreSQL aside, too"
    )
    return parser.parse_args()


def move_old_file() -> None:
    """Move an outdated SQLite database aside, and print where it is now."""
    path = Path(connection.settings_dict["NAME"])
    if path.exists() and databases.is_outdated(connection):
        new_path = databases.move_file_aside(connection)
        print_note(
            f"{path.name} is from another version of DreamCanvas and cannot be migrated: it is now "
            f"{os.path.relpath(new_path)}, and a new database takes its place"
        )


def move_old_schema(*, allowed: bool) -> None:
    """Move the tables of an outdated PostgreSQL database aside, or stop with a sentence."""
    if not allowed:
        fail(
            "The database of DATABASE_URL is from another version of DreamCanvas and cannot be "
            "migrated: give DATABASE_URL a new, empty database."
        )
    new_name = databases.move_schema_aside(connection)
    print_note(
        "The database is from another version of DreamCanvas and cannot be migrated: its tables "
        f"are now in the schema {new_name}, and new ones take their place"
    )


if __name__ == "__main__":
    main()
