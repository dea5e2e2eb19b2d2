"""``/merch-editor/by-token``: the design editor's own two calls. The token is the credential."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field

from printora_sandbox import design
from printora_sandbox.models import EditSession

from .creator_schemas import CreatorView
from .errors import SessionExpiredError, SessionNotFoundError, SessionUsedError
from .fields import CheckedUrl, Envelope, Instant, Reply, either
from .merch_schemas import MerchReply, MerchView
from .responses import BY_TOKEN, refusals

router = Router(tags=["Merch editor"], by_alias=True)

_ONE = "/merch-editor/by-token/{token}"
_REFUSALS = BY_TOKEN | refusals(410)


def _kept(value: Any, depth: int = 1) -> Any:  # noqa: ANN401  (any JSON)
    """Return what the database can keep: NUL and half surrogate pairs become U+FFFD."""
    if depth > design.MAX_DEPTH:
        raise ValueError(f"must be nested at most {design.MAX_DEPTH} levels deep")
    if isinstance(value, str):
        return (
            value.replace("\0", "�").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if isinstance(value, dict):
        return {_kept(name): _kept(each, depth + 1) for name, each in value.items()}
    return [_kept(each, depth + 1) for each in value] if isinstance(value, list) else value


class DesignBody(BaseModel):
    """The body of a save: the editor's own data, and the picture if it is another one."""

    konva_metadata: Annotated[dict[str, Any], AfterValidator(_kept)] = Field(
        validation_alias=either("konvaMetadata", "konva_metadata")
    )
    design_image_url: CheckedUrl | None = Field(
        default=None, validation_alias=either("designImageUrl", "design_image_url")
    )


class EditorState(Reply):
    """What the design editor opens with."""

    session_id: UUID
    expires_at: Instant
    merch: MerchView
    creator: CreatorView

    @classmethod
    def of(cls, session: EditSession) -> Self:
        """Show an open link's item."""
        return cls(
            session_id=session.uuid,
            expires_at=session.expires_at,
            merch=MerchView.of(session.merch),
            creator=CreatorView.of(session.merch.creator),
        )


@router.get(_ONE, summary="Open Editor", response={200: Envelope[EditorState], **_REFUSALS})
def open_editor(request: HttpRequest, token: str) -> Envelope[EditorState]:
    """Return the item behind a link; 410 once it was used or has expired."""
    with _link():
        return Envelope(data=EditorState.of(design.open_link(token)))


@router.post(
    _ONE + "/save",
    summary="Save Design",
    response={200: MerchReply, **_REFUSALS, **refusals(400)},
)
def save(request: HttpRequest, token: str, payload: DesignBody) -> MerchReply:
    """Keep the design and use up the link."""
    with _link():
        merch = design.save_design(
            token,
            konva_metadata=payload.konva_metadata,
            design_image_url=payload.design_image_url,
        )
    return MerchReply(merch=MerchView.of(merch))


@contextmanager
def _link() -> Iterator[None]:
    """Answer for a link that opens nothing in the vendor's words."""
    try:
        yield
    except design.UnknownLinkError as error:
        raise SessionNotFoundError from error
    except design.UsedLinkError as error:
        raise SessionUsedError from error
    except design.ExpiredLinkError as error:
        raise SessionExpiredError from error
