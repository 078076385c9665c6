from nitka.ground.web.environment import clean_html, markdown
from nitka.ground.web.pages import jinja


def test_scripts_styles_and_handlers_are_taken_out() -> None:
    dirty = '<p onclick="x()" style="color:red">Hi<script>alert(1)</script><a href="javascript:x()">a</a></p>'
    assert clean_html(dirty) == '<p>Hi<a rel="noopener">a</a></p>'


def test_markdown_cannot_smuggle_html() -> None:
    assert "<script" not in markdown("Hello <script>alert(1)</script> **you**")
    assert "<strong>you</strong>" in markdown("**you**")


def test_pages_escape_and_texts_do_not() -> None:
    environment = jinja()
    assert environment.autoescape("page.html")  # type: ignore[operator]
    assert not environment.autoescape("body.txt")  # type: ignore[operator]


def test_formats_follow_the_language_of_the_page() -> None:
    template = jinja().from_string("{{ 1999 | money('EUR') }}|{{ 805 | measure }}|{{ 5400 | weight }}")
    assert template.render(language="pl", units="metric").split("|")[0].endswith("€")
    assert template.render(language="pl", units="metric").replace("\u00a0", " ") == "19,99 €|80,5 cm|5,4 kg"
    assert template.render(language="en", units="imperial") == "€19.99|31.5″|11.9 lb"
