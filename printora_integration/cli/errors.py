"""The errors of Printora's API, as one line for a terminal."""

from printora_integration.exceptions import APIError, PrintoraError, RateLimitError


def describe(error: PrintoraError) -> str:
    """Return why Printora, or the connection to it, refused a call."""
    if not isinstance(error, APIError):
        return str(error)
    parts = [str(error).rstrip(".")]
    parts += [f"{problem.field}: {problem.message}" for problem in error.details]
    if isinstance(error, RateLimitError) and error.retry_after is not None:
        parts.append(f"try again in {error.retry_after:.0f} s")
    if error.request_id:
        parts.append(f"request {error.request_id}")
    return f"Printora said no: {'; '.join(parts)}."
