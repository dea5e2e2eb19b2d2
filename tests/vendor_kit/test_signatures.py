"""A signature is exactly `sha256=` and 64 lower-case hex digits over the raw bytes, or nothing."""

import base64
import json

import pytest

from printora_integration.exceptions import InvalidSignatureError
from tests.helpers import DATA, hand_signed
from vendor_kit.signatures import sign, verify

BODY = '{"customer":{"firstName":"José"},"totalAmount":20.10}'.encode()
SECRET = "whsec_newest"
GOOD = hand_signed(BODY, SECRET)
DIGITS = GOOD.removeprefix("sha256=")

# Made by another implementation: Node.js, as Printora's own server is.
_FILE = json.loads((DATA / "signature-vectors.json").read_text())
VECTORS = [
    pytest.param(base64.b64decode(vector["body_base64"]), vector["header"], id=vector["body"][:20])
    for vector in _FILE["vectors"]
]


@pytest.mark.parametrize(("body", "header"), VECTORS)
def test_signature_made_by_node_is_accepted(body: bytes, header: str) -> None:
    assert verify(body, header, [_FILE["secret"]]) == 0


@pytest.mark.parametrize(("body", "header"), VECTORS)
def test_sign_makes_what_node_makes(body: bytes, header: str) -> None:
    assert sign(body, _FILE["secret"]) == header


def test_prefix_of_the_secret_is_part_of_the_key() -> None:
    with pytest.raises(InvalidSignatureError):
        verify(BODY, hand_signed(BODY, "newest"), ["whsec_newest"])


@pytest.mark.parametrize(
    "changed",
    [BODY + b"\n", BODY.replace(b"20.10", b"20.1"), BODY.replace("é".encode(), rb"\u00e9"), b""],
    ids=["newline", "number", "escape", "empty"],
)
def test_body_changed_by_one_byte_is_refused(changed: bytes) -> None:
    with pytest.raises(InvalidSignatureError):
        verify(changed, GOOD, [SECRET])


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param("sha256=", id="no digits"),
        pytest.param(DIGITS, id="no prefix"),
        pytest.param(f"SHA256={DIGITS}", id="upper-case prefix"),
        pytest.param(f"sha1={DIGITS}", id="another algorithm"),
        pytest.param(f"sha256={DIGITS.upper()}", id="upper-case digits"),
        pytest.param(GOOD[:-1], id="63 digits"),
        pytest.param(f"{GOOD}0", id="65 digits"),
        pytest.param(f"{GOOD}\n", id="newline after"),
        pytest.param(f"{GOOD} ", id="space after"),
        pytest.param(f" {GOOD}", id="space before"),
        pytest.param(f"{GOOD},{GOOD}", id="sent twice"),
        pytest.param(f"{GOOD[:-1]}é", id="not ASCII"),
        pytest.param(f"{GOOD[:-1]}٣", id="a digit of another script"),
        pytest.param(f"{GOOD[:-1]}g", id="not hex"),
    ],
)
def test_malformed_header_is_refused(header: str | None) -> None:
    with pytest.raises(InvalidSignatureError):
        verify(BODY, header, [SECRET])


@pytest.mark.parametrize("position", [0, 1, 2])
def test_position_of_the_secret_that_signed_is_returned(position: int) -> None:
    secrets = ["whsec_newest", "whsec_older", "whsec_oldest"]
    assert verify(BODY, hand_signed(BODY, secrets[position]), secrets) == position


def test_retired_secret_is_refused() -> None:
    with pytest.raises(InvalidSignatureError):
        verify(BODY, hand_signed(BODY, "whsec_retired"), ["whsec_newest", "whsec_older"])


@pytest.mark.parametrize("secrets", [[], [""], ["", ""]], ids=["none", "empty", "empty twice"])
def test_without_a_secret_everything_is_refused(secrets: list[str]) -> None:
    with pytest.raises(InvalidSignatureError):
        verify(BODY, hand_signed(BODY, ""), secrets)


def test_refusal_does_not_show_the_expected_signature() -> None:
    with pytest.raises(InvalidSignatureError) as refusal:
        verify(BODY, "sha256=" + "0" * 64, [SECRET])
    assert DIGITS not in repr(refusal.value)
    assert SECRET not in repr(refusal.value)


@pytest.mark.parametrize(
    "secrets", [f"{SECRET}", f" {SECRET}\n", f"whsec_other, {SECRET}", f",{SECRET},"]
)
def test_secrets_may_be_one_text_with_commas(secrets: str) -> None:
    verify(BODY, GOOD, secrets)


@pytest.mark.parametrize("secrets", ["", " ", ",", " , "])
def test_text_without_a_secret_refuses_everything(secrets: str) -> None:
    for key in ("", " ", ","):
        with pytest.raises(InvalidSignatureError):
            verify(BODY, hand_signed(BODY, key), secrets)


def test_single_character_of_a_secret_signs_nothing() -> None:
    with pytest.raises(InvalidSignatureError):
        verify(BODY, hand_signed(BODY, "w"), SECRET)
