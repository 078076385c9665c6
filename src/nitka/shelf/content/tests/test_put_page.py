import pytest

from nitka.shelf.content import actions, queries
from nitka.shelf.content.fillings import fill

pytestmark = pytest.mark.django_db
IMPRINT = {
    "slug": "imprint",
    "kind": "legal",
    "title": {"en": "Imprint", "pl": "Dane firmy {{ shop.name }}"},
    "body": {
        "en": "## Who we are\n\n{{ shop.legal_name }}\n\n{{shop.address}}\n\n[{{ shop.email }}](mailto:{{shop.email}})",
        "pl": "## Kim jesteśmy\n\n{{ shop.legal_name }}",
    },
}


@pytest.fixture(autouse=True)
def shop():
    queries.forget()
    actions.set_shop(
        name="Tråd", legal_name="Tråd *sp.* z o.o. <script>alert(1)</script> {{ shop.iban }}", line1="1. Długa 5",
        postcode="80-831", city="Gdańsk", country="PL", email="hello_you@trad.example",
    )  # fmt: skip
    yield
    queries.forget()


def test_fillings_stand_for_what_the_shop_is_and_stay_plain_text():
    actions.put_page(draft=actions.Draft(**IMPRINT))
    page = queries.page("imprint", "en")
    assert "<h2>Who we are</h2>" in page.body_html
    assert "Tråd *sp.* z o.o. &lt;script&gt;alert(1)&lt;/script&gt; {{ shop.iban }}" in page.body_html
    assert "<script" not in page.body_html
    assert "1. Długa 5<br>\n80-831 Gdańsk<br>\nPoland" in page.body_html
    assert '<a href="mailto:hello_you@trad.example" rel="noopener">hello_you@trad.example</a>' in page.body_html
    assert queries.page("imprint", "pl").title == "Dane firmy Tråd"
    assert queries.pages("legal")[0].title_in("pl") == "Dane firmy Tråd"


def test_markdown_of_the_merchant_is_sanitised():
    actions.put_page(
        draft=actions.Draft(
            slug="x", kind="help", title={"en": "X"}, body={"en": '<img src=x onerror="alert(1)">**bold**'}
        )
    )
    html = queries.page("x", "en").body_html
    assert "onerror" not in html
    assert "<strong>bold</strong>" in html


def test_a_language_without_text_falls_back_and_drafts_are_not_shown():
    actions.put_page(draft=actions.Draft(**IMPRINT, published=["pl"]))
    assert queries.page("imprint", "nb").language == "pl"
    assert queries.page("imprint", "en").language == "pl"
    assert queries.page("imprint", "en", drafts=True).language == "en"
    actions.put_page(draft=actions.Draft(**IMPRINT, published=[]))
    assert queries.page("imprint", "pl") is None
    assert queries.page("imprint", "pl", drafts=True).title == "Dane firmy Tråd"
    assert queries.pages("legal") == ()
    assert queries.page("nowhere", "en") is None


def test_pages_are_listed_by_kind_in_their_order():
    for slug, kind, position in (("terms", "legal", 2), ("privacy", "legal", 1), ("returns", "help", 0)):
        actions.put_page(
            draft=actions.Draft(slug=slug, kind=kind, title={"en": slug}, body={"en": slug}), position=position
        )
    assert [each.slug for each in queries.pages("legal")] == ["privacy", "terms"]
    assert [each.title_in("pl") for each in queries.pages()] == ["returns", "privacy", "terms"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "poem"},
        {"published": ["nb"]},
        {"title": {"xx": "?"}},
        {"body": {"en": "{{ shop.secret_key }}"}},
        {"title": {"en": "{{ settings.SECRET }}"}},
    ],
)
def test_it_refuses_what_no_page_can_be(wrong):
    with pytest.raises(actions.ContentProblem):
        actions.put_page(draft=actions.Draft(**(IMPRINT | wrong)))


def test_pages_are_kept_in_the_process(django_assert_num_queries):
    actions.put_page(draft=actions.Draft(**IMPRINT))
    with django_assert_num_queries(2):  # what every frame needs, and the text of this page
        for _request in range(20):
            queries.page("imprint", "en"), queries.pages()


def test_a_name_that_is_not_in_the_list_leaves_nothing_behind():
    assert fill("a {{ shop.password }} b {% raw %}", {}, markdown=True) == "a  b {% raw %}"
