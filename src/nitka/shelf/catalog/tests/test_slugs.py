import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.shelf.catalog.queries import slugify


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("Lniany koc „Łąka” – żółty", "pl", "lniany-koc-laka-zolty"),
        ("Ullteppe, grå & blå 130×170 cm", "nb", "ullteppe-gra-bla-130-170-cm"),
        ("Щастлива ъглова маса", "bg", "shtastliva-aglova-masa"),
        ("Подъезд: щётка", "ru", "podezd-shchyotka"),
        ("Բարի լույս", "hy", "bari-luys"),
        ("Men's  Tee", "en", "mens-tee"),
        ("日本", "en", ""),
    ],
)
def test_titles_become_clean_latin_addresses(text, language, slug) -> None:
    assert slugify(text, language) == slug


@given(st.text(), st.sampled_from(["en", "bg", "hy", "ru"]))
def test_an_address_is_always_clean_and_short(text, language) -> None:
    slug = slugify(text, language)
    assert slug == "" or (re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) <= 100)
