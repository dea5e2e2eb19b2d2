"""The messages of a broker: what is no task of ours is refused, and the worker goes on.

kombu and Celery expect that a message has the right shape. Where it has not, they raise an error
that ends the worker, or they log the whole message.
"""

import base64
import contextlib
import json
import logging
from typing import Annotated, Any, Literal

from celery import current_app
from celery.utils.time import maybe_iso8601
from kombu.exceptions import OperationalError
from kombu.transport import virtual
from kombu.utils.json import loads
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

logger = logging.getLogger(__name__)

# The queues of Celery's own messages between workers: they hold no task.
_CONTROL_QUEUES = (".pidbox", "celeryev.")
# What may be wrong with a message's text or parts, as the errors of those who read it.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def _check_registered(name: str) -> str:
    if name not in current_app.tasks:
        raise ValueError("no task of this name is registered")
    return name


def _check_time(text: str) -> str:
    maybe_iso8601(text)
    return text


def _decode(body: str) -> Any:  # noqa: ANN401 -- any JSON
    return loads(base64.b64decode(body))


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, allow_inf_nan=False)


class _DeliveryInfo(_Model):
    exchange: str
    routing_key: str


class _Properties(_Model):
    body_encoding: Literal["base64"]
    delivery_tag: str
    delivery_info: _DeliveryInfo


class _Headers(_Model):
    compression: None = None  # of the body; we use none


class _TaskHeaders(_Headers):
    """The headers of a task, as Celery's protocol 2 defines them; others hold plain values."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str | int | float | bool | None]
    id: str
    task: Annotated[str, AfterValidator(_check_registered)]
    eta: Annotated[str, AfterValidator(_check_time)] | None = None
    expires: Annotated[str, AfterValidator(_check_time)] | None = None
    retries: int | None = 0
    stamped_headers: list[str] | None = None
    stamps: dict[str, Any] | None = None
    timelimit: Annotated[list[float | None], Field(min_length=2, max_length=2)] = [None, None]


class _Message(_Model):
    content_type: Literal["application/json"] = Field(alias="content-type")
    content_encoding: Literal["utf-8"] = Field(alias="content-encoding")
    properties: _Properties
    headers: _Headers
    body: Annotated[str, AfterValidator(_decode)]


class _TaskMessage(_Message):
    """The message of a task: its body is [arguments, keyword arguments, callbacks]."""

    headers: _TaskHeaders


_Callbacks = dict[str, list[Any] | dict[str, Any] | None]
_TASK_BODY = TypeAdapter(tuple[list[Any], dict[str, Any], _Callbacks])


def check(message: object, queue: str) -> None:
    """Raise one of UNREADABLE for a message that no worker of ours can process."""
    if any(part in queue for part in _CONTROL_QUEUES):
        _Message.model_validate(message)
    else:
        body = _TaskMessage.model_validate(message).body
        _TASK_BODY.validate_python(body)


def task_name(raw: bytes) -> str:
    """Return the name of the task in a message as a broker keeps it; "" where there is none."""
    try:
        return str(json.loads(raw)["headers"]["task"])
    except UNREADABLE:
        return ""


def log_refusal(queue: str, error: Exception | str) -> None:
    """Log that a message was refused, without any of its content."""
    reason = error if isinstance(error, str) else type(error).__name__
    if isinstance(error, ValidationError):
        fields = {".".join(map(str, each["loc"][:2])) for each in error.errors()}
        reason = f"not as expected: {', '.join(sorted(fields)).strip() or 'its type'}"
    logger.error("message in queue %s refused: %s", queue.partition("@")[0], reason)


class CheckedTransport(virtual.Transport):
    """A transport that gives a worker only messages that it can process."""

    def _deliver(self, message: Any, queue: str | None) -> None:  # noqa: ANN401 -- any JSON
        name = queue or ""
        try:
            check(message, name)
        except UNREADABLE as error:
            log_refusal(name, error)
            return
        try:
            super()._deliver(message, name)
        except Exception as error:
            if isinstance(error, (*self.connection_errors, *self.channel_errors, OperationalError)):
                raise
            log_refusal(name, error)  # no message may end a worker, whatever it is
            self._drop(message["properties"]["delivery_tag"])

    def _drop(self, delivery_tag: str) -> None:
        """Drop a message that was received and could not be processed."""
        for channel in self.channels or ():
            with contextlib.suppress(KeyError):  # another channel's, or already dropped
                channel.qos.get(delivery_tag)
                channel.basic_reject(delivery_tag)
