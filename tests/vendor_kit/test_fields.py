"""The types of fields: each value is read exactly, or refused."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import StrictStr, ValidationError

from vendor_kit.exceptions import InvalidPayloadError
from vendor_kit.fields import (
    Amount,
    APIModel,
    Color,
    EmptyAsNone,
    Lenient,
    OpaqueId,
    Quantity,
    TextList,
    Timestamp,
    parse_opaque_id,
    read_field,
)
from vendor_kit.json import load_object

UUID = "3726a462-e994-4a94-a483-34dd9de8ee90"


class Thing(APIModel):
    """A resource with a field of each type."""

    thing_id: OpaqueId = "t1"
    total_amount: EmptyAsNone[Amount] = None
    quantity: Quantity | None = None
    sent_at: EmptyAsNone[Timestamp] = None
    color_code: Lenient[Color] = None
    images: TextList = ()
    name: StrictStr | None = None


def thing_of(field: str, literal: str) -> Thing:
    """Return what becomes of a field written as this JSON literal."""
    return Thing.model_validate(load_object(f'{{"{field}": {literal}}}'.encode()))


def assert_refused(field: str, literal: str) -> None:
    with pytest.raises((ValidationError, InvalidPayloadError)):
        thing_of(field, literal)


# --- Ids ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        (UUID.upper(), UUID),
        ("sess_AbC", "sess_AbC"),
        ("x", "x"),
        ("s" * 128, "s" * 128),
        ("日本/?# ü", "日本/?# ü"),
    ],
)
def test_id_is_1_to_128_printable_characters_and_a_uuid_in_lower_case(
    identifier: str, expected: str
) -> None:
    assert Thing(thing_id=identifier).thing_id == expected
    assert parse_opaque_id(identifier) == expected


@pytest.mark.parametrize(
    "identifier", ["", "s" * 129, "a\nb", "a\tb", "a\u200eb", "\u2028", "\x7f", 7, ["t1"], {}]
)
def test_id_that_is_too_long_unprintable_or_no_text_is_refused(identifier: object) -> None:
    with pytest.raises(ValidationError):
        Thing.model_validate({"thingId": identifier})
    if isinstance(identifier, str):
        assert parse_opaque_id(identifier) is None


# --- Amounts and quantities -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("20.10", "20.10"),
        ('"20.10"', "20.10"),
        ("0.1", "0.1"),
        ("0", "0"),
        ("-0.0", "0.0"),
        ("7", "7"),
        ("2.5e1", "25"),
        ('"2.5E1"', "25"),
        ("1e-3", "0.001"),
        ("9999999999.9999", "9999999999.9999"),
        ("0.00001", "0"),
        ("null", None),
        ('""', None),
    ],
)
def test_amount_is_read_exactly(literal: str, expected: str | None) -> None:
    amount = thing_of("totalAmount", literal).total_amount
    assert amount == (None if expected is None else Decimal(expected))


def test_amount_has_the_digits_it_was_written_with() -> None:
    assert str(thing_of("totalAmount", "20.10").total_amount) == "20.10"
    assert Thing(total_amount=20.1).total_amount == Decimal("20.1")


@pytest.mark.parametrize(
    "literal",
    [
        *("true", "false", "-0.01", '"-1"', "1e10", "10000000000", "9999999999.99999", "1e400"),
        *("1e99999999999999999999", "NaN", "Infinity", "-Infinity", '"NaN"', '"Infinity"'),
        *('"20,10"', '"$20"', '" 20"', '"٣"', "[]", "{}", "9" * 5000, '"' + "9" * 5000 + '"'),
    ],
    ids=lambda literal: literal[:24],
)
def test_amount_that_is_no_amount_is_refused(literal: str) -> None:
    assert_refused("totalAmount", literal)


@pytest.mark.parametrize(("literal", "expected"), [("0", 0), ("999999", 999_999), ("1.0", 1)])
def test_quantity_is_a_whole_number(literal: str, expected: int) -> None:
    assert thing_of("quantity", literal).quantity == expected


@pytest.mark.parametrize(
    "literal",
    ["-1", "1.5", '"2"', "true", "1000000", "1e999999", "-1.0", "1000000.0", "0.5"],
)
def test_quantity_that_is_no_quantity_is_refused(literal: str) -> None:
    assert_refused("quantity", literal)


# --- Times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-27T01:02:33.444Z", datetime(2026, 2, 27, 1, 2, 33, 444000, UTC)),
        ("2026-02-27T01:02:33+02:00", datetime(2026, 2, 26, 23, 2, 33, tzinfo=UTC)),
        ("2026-02-27T01:02:33", datetime(2026, 2, 27, 1, 2, 33, tzinfo=UTC)),
        ("1999-01-01T00:00:00Z", datetime(1999, 1, 1, tzinfo=UTC)),
    ],
    ids=["UTC", "with an offset", "without one", "of any age"],
)
def test_timestamp_is_in_utc(text: str, expected: datetime) -> None:
    moment = thing_of("sentAt", f'"{text}"').sent_at
    assert moment == expected
    assert moment is not None
    assert moment.tzinfo == UTC


@pytest.mark.parametrize(
    "literal",
    [
        *('"yesterday"', '"27/02/2026"', '"1772154153"', '"2026-02-30T00:00:00Z"', "1772154153"),
        *('"2026-02-27T25:00:00Z"', '"0001-01-01T00:00:00+23:59"', '"9999-12-31T23:59:59-23:59"'),
        *('"0000-01-01T00:00:00Z"', r'"2026-02-27T01:02:33\u0000"', "1772154153.5", "false", "{}"),
    ],
)
def test_timestamp_that_is_no_moment_is_refused(literal: str) -> None:
    assert_refused("sentAt", literal)


# --- Lenient fields -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        *(('"#ff00aa"', "#FF00AA"), ('"FF00AA"', "#FF00AA"), ('" f0a "', "#FF00AA")),
        *(('"teal"', None), ("7", None), ("null", None)),
    ],
)
def test_color_is_read_however_it_is_written(literal: str, expected: str | None) -> None:
    assert thing_of("colorCode", literal).color_code == expected


@pytest.mark.parametrize(
    ("literal", "expected"), [('["a", null, {}]', ("a",)), ('"x"', ()), ("[]", ())]
)
def test_list_of_texts_leaves_out_what_is_none(literal: str, expected: tuple[str, ...]) -> None:
    assert thing_of("images", literal).images == expected


# --- Two spellings --------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["totalAmount", "total_amount"])
def test_field_is_read_in_either_spelling(field: str) -> None:
    assert thing_of(field, "5").total_amount == Decimal(5)
    assert read_field({field: 5}, "totalAmount") == 5


def test_null_in_one_spelling_does_not_hide_the_other() -> None:
    record = {"totalAmount": None, "total_amount": 5}
    assert Thing.model_validate(record).total_amount == Decimal(5)
    assert read_field(record, "totalAmount") == 5


def test_unknown_field_is_ignored() -> None:
    assert thing_of("giftWrap", '{"colour": "red"}') == Thing()
