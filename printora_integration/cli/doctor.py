"""Check everything that the integration needs, and say what to do where something is wrong."""

from dataclasses import asdict

from django.core.management.base import CommandError, CommandParser

from printora_integration.doctor import Finding, Level, run_checks

from .options import Options
from .output import Output

_INDENT = " " * 25


def add_arguments(parser: CommandParser) -> None:
    """Take no arguments."""


def run(_options: Options, out: Output) -> None:
    """Print what each check finds; raises CommandError when any of it is an error."""
    findings = run_checks()
    out.result(
        {"findings": [asdict(finding) for finding in findings]},
        message="\n".join(_line(finding) for finding in findings),
    )
    count = {level: sum(found.level == level for found in findings) for level in Level}
    if count[Level.ERROR]:
        raise CommandError(f"Errors to correct: {count[Level.ERROR]}.")
    out.message(f"No errors; warnings: {count[Level.WARNING]}.")


def _line(finding: Finding) -> str:
    line = f"{finding.level:<8} {finding.subject:<15} {finding.message}"
    return f"{line}\n{_INDENT}→ {finding.hint}" if finding.hint else line
