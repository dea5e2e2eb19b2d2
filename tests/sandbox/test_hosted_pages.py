import re

import httpx
import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.visitor import ADDRESS, CHOICE, Api, Opened, Visitor

PRODUCTS = (
    *("t-shirt", "hoodie", "mug", "poster", "canvas", "tote", "phone-case", "cushion"),
    "notebook",
)


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_product_shows_the_picture_in_the_chosen_colour(
    visitor: Visitor, product: str
) -> None:
    plain = visitor.look(product=product).text
    colours = re.findall(r'name="colour"\s+value="([^"]+)"', plain)
    codes = re.findall(r'r="15" fill="(#[0-9a-f]{6})"', plain)
    assert len(colours) >= 4
    page = visitor.look(product=product, colour=colours[-1]).text
    stage = page[page.index('class="stage"') : page.index('class="editor__panel"')]
    assert codes[-1] in stage
    assert "http://localhost:8000/media/picture.jpg" in stage


def test_price_follows_size_and_quantity(visitor: Visitor) -> None:
    page = visitor.look(product="mug", size="15oz", quantity="3").text
    assert "$52.50" in page
    assert "$60.69" in page  # 52.50 + 5.19 + 2 x 1.50


@pytest.mark.parametrize(
    "query",
    [
        {"product": "boat"},
        {"quantity": "0"},
        {"quantity": "-3"},
        {"quantity": "x"},
        {"quantity": "٣"},
        {"size": "\0"},
        {"colour": "<script>"},
    ],
)
def test_invalid_query_falls_back_to_the_defaults(visitor: Visitor, query: dict[str, str]) -> None:
    page = visitor.look(**query)
    assert page.status_code == 200
    assert "Classic T-Shirt" in page.text
    assert "<script>" not in page.text.replace('<script type="module"', "")


def test_checkout_is_prefilled_from_user_data(api: Api) -> None:
    user = {"email": "ada@example.com", "firstName": "Ada", "lastName": "Lovelace"}
    page = Visitor(api.opened(userData=user)).look("/checkout").text
    for value in user.values():
        assert f'value="{value}"' in page


def test_checkout_splits_a_full_name(api: Api) -> None:
    page = Visitor(api.opened(userData={"name": "Ada King Lovelace"})).look("/checkout").text
    assert 'value="Ada"' in page
    assert 'value="King Lovelace"' in page


def test_wrong_address_is_shown_again_with_its_errors(visitor: Visitor, receiver: Receiver) -> None:
    page = visitor.order(email="nobody", zip_code="1", state="", street="")
    assert page.status_code == 422
    for value in (ADDRESS["city"], ADDRESS["apartment"], "nobody", 'value="navy"'):
        assert value in page.text
    for field in ("email", "zip_code", "state", "street"):
        tag = re.search(rf'<(?:input|select)[^>]*name="{field}"[^>]*>', page.text)
        assert tag
        assert 'aria-invalid="true"' in tag[0]
        described = re.search(r'aria-describedby="([^"]+)"', tag[0])
        assert described
        assert f'id="{described[1]}"' in page.text
    assert receiver.of(visitor.opened.id) == []


def test_order_with_an_unknown_choice_redirects_to_the_editor(visitor: Visitor) -> None:
    response = visitor.order(size="giant")
    assert response.status_code == 303
    assert response.headers["location"].endswith(f"/en/print/{visitor.opened.token}")


def test_form_without_its_token_is_refused(opened: Opened) -> None:
    response = httpx.post(f"{opened.url}/checkout", data={**CHOICE, **ADDRESS})
    assert response.status_code == 403
    assert "could not be trusted" in response.text


def test_every_page_shows_that_it_is_a_sandbox(visitor: Visitor) -> None:
    pages = [visitor.look(), visitor.look("/checkout"), visitor.http.get(visitor.payment_page())]
    for page in pages:
        assert "nothing is charged, nothing is printed" in page.text
        assert "This is a sandbox: nothing is printed, nothing is charged." in page.text


def test_pages_allow_no_inline_code_and_no_foreign_script(visitor: Visitor) -> None:
    page = visitor.look()
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "form-action 'self' https: http://localhost:* http://127.0.0.1:*" in policy
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", page.text)
    assert not re.search(r"<script(?![^>]*src=)", page.text)
    assert "no-store" in page.headers["cache-control"]


def test_cookies_do_not_collide_with_the_partners_site(visitor: Visitor) -> None:
    visitor.look()
    assert set(visitor.http.cookies) == {"sandbox_csrf"}


def test_root_redirects_to_the_console(api: Api) -> None:
    response = api.http.get("/")
    assert response.status_code == 302
    assert response.headers["location"] == "/console/"
