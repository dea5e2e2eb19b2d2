"""The draft of the checkout form is still there after a change of the product."""

from tests.sandbox.visitor import ADDRESS, CHOICE, Api, Visitor


def _change(visitor: Visitor, **fields: str) -> str:
    """Press "Change the product" and return the redirect's location."""
    visitor.look("/checkout", **CHOICE)
    typed = {**CHOICE, **ADDRESS, **fields, "change": "choice"}
    response = visitor.post(f"{visitor.opened.url}/checkout", **typed)
    assert response.status_code == 303
    location: str = response.headers["location"]
    return location


def test_change_redirects_to_the_same_choice(visitor: Visitor) -> None:
    location = _change(visitor, turn="15")
    assert location.startswith(f"/en/print/{visitor.opened.token}?product=t-shirt&colour=navy")
    assert location.endswith("turn=15")


def test_checkout_shows_the_draft_even_if_it_was_invalid(visitor: Visitor) -> None:
    _change(visitor, email="jose@", country="CA", street="1 Rue \0 Nord")
    page = visitor.look("/checkout", product="mug").text
    for typed_text in ("jose@", "José", "Ångström", "1 Rue  Nord", "97205"):
        assert f'value="{typed_text}"' in page
    assert '<option value="CA" selected>' in page
    assert "errorlist" not in page


def test_emptied_fields_stay_empty(visitor: Visitor) -> None:
    _change(visitor)
    _change(visitor, phone="")
    assert ADDRESS["phone"] not in visitor.look("/checkout", **CHOICE).text


def test_each_visitor_sees_only_their_own_draft(visitor: Visitor, api: Api) -> None:
    _change(visitor)
    assert "Ångström" not in Visitor(api.opened()).look("/checkout").text
