"""Say in one sentence what went wrong between us and Printora."""

from printora_integration.exceptions import PrintoraError, RateLimitError, ReplyError


def sentence(error: PrintoraError) -> str:
    """Return what Printora, or the way to it, had against a call."""
    if not isinstance(error, ReplyError):
        return str(error)
    told = [str(error).rstrip(".")]
    told += [f"{problem.field}: {problem.message}" for problem in error.details]
    if isinstance(error, RateLimitError) and error.retry_after is not None:
        told.append(f"try again in {error.retry_after:.0f} s")
    if error.request_id:
        told.append(f"request {error.request_id}")
    return f"Printora said no: {'; '.join(told)}."
