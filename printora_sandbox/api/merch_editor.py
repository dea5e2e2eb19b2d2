"""``/merch-editor/by-token``: the two calls of the design editor; the token is the credential."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field

from printora_sandbox.merch import edit_sessions
from printora_sandbox.models import EditSession

from .errors import SessionExpiredError, SessionNotFoundError, SessionUsedError
from .fields import APIModel, CheckedUrl, Envelope, Instant, camel_or_snake
from .responses import TOKEN_ERRORS, error_responses
from .schemas.creators import CreatorData
from .schemas.merch import MerchData, MerchResponse

router = Router(tags=["Merch editor"], by_alias=True)

_PATH = "/merch-editor/by-token/{token}"
_EDITOR_ERRORS = TOKEN_ERRORS | error_responses(410)


def _storable_json(value: Any, depth: int = 1) -> Any:  # noqa: ANN401  (any JSON)
    """Return the data with U+FFFD in the place of characters that no database can store.

    These are NUL and half surrogate pairs.
    """
    if depth > edit_sessions.MAX_METADATA_DEPTH:
        raise ValueError(f"must be nested at most {edit_sessions.MAX_METADATA_DEPTH} levels deep")
    if isinstance(value, str):
        return (
            value.replace("\0", "\N{REPLACEMENT CHARACTER}")
            .encode("utf-16", "surrogatepass")
            .decode("utf-16", "replace")
        )
    if isinstance(value, dict):
        return {
            _storable_json(name): _storable_json(each, depth + 1) for name, each in value.items()
        }
    return [_storable_json(each, depth + 1) for each in value] if isinstance(value, list) else value


class DesignBody(BaseModel):
    """The body of "Save Design": the editor's data, and the picture if it changed."""

    konva_metadata: Annotated[dict[str, Any], AfterValidator(_storable_json)] = Field(
        validation_alias=camel_or_snake("konvaMetadata", "konva_metadata")
    )
    design_image_url: CheckedUrl | None = Field(
        default=None, validation_alias=camel_or_snake("designImageUrl", "design_image_url")
    )


class EditorState(APIModel):
    """The initial data of the design editor."""

    session_id: UUID
    expires_at: Instant
    merch: MerchData
    creator: CreatorData

    @classmethod
    def of(cls, session: EditSession) -> Self:
        """Return the data of an edit session, its item and its creator."""
        return cls(
            session_id=session.uuid,
            expires_at=session.expires_at,
            merch=MerchData.of(session.merch),
            creator=CreatorData.of(session.merch.creator),
        )


@router.get(_PATH, summary="Open Editor", response={200: Envelope[EditorState], **_EDITOR_ERRORS})
def open_editor(request: HttpRequest, token: str) -> Envelope[EditorState]:
    """Return the item of an edit session; a used or expired session is a 410."""
    with _vendor_errors():
        return Envelope(data=EditorState.of(edit_sessions.get_edit_session(token)))


@router.post(
    _PATH + "/save",
    summary="Save Design",
    response={200: MerchResponse, **_EDITOR_ERRORS, **error_responses(400)},
)
def save(request: HttpRequest, token: str, payload: DesignBody) -> MerchResponse:
    """Save the design and end the edit session."""
    with _vendor_errors():
        merch = edit_sessions.save_design(
            token,
            konva_metadata=payload.konva_metadata,
            design_image_url=payload.design_image_url,
        )
    return MerchResponse(merch=MerchData.of(merch))


@contextmanager
def _vendor_errors() -> Iterator[None]:
    """Translate the errors of edit sessions into the vendor's errors."""
    try:
        yield
    except edit_sessions.UnknownEditSessionError as error:
        raise SessionNotFoundError from error
    except edit_sessions.UsedEditSessionError as error:
        raise SessionUsedError from error
    except edit_sessions.ExpiredEditSessionError as error:
        raise SessionExpiredError from error
