"""Reviews from files: matched, counted, repeatable; bad rows are named and the others go in."""

from pathlib import Path

import pytest

from nitka.faces.files.importing import import_reviews
from nitka.faces.files.problems import BadMapping
from nitka.people.customers.models import Customer
from nitka.shelf.catalog.queries import OptionDraft, VariantDraft
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.reviews import queries as known
from nitka.shelf.reviews.models import Review

pytestmark = pytest.mark.django_db
HEAD = "sku,rating_code,rating_value,title,review,reviewer,email\n"


def file_of(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "reviews.csv"
    path.write_text(head + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def table() -> object:
    return put_product("oak-table").product_id


def test_they_are_found_by_sku_by_handle_and_by_what_all_skus_begin_with(tmp_path: Path, table: object) -> None:
    option = OptionDraft(code="size", name={"en": "Size"}, values={"s": {"en": "S"}, "m": {"en": "M"}})
    variants = tuple(VariantDraft(sku=f"MS16-{one.upper()}-Black", options={"size": one}) for one in "sm")
    shirt = put_product("tee", options=(option,), variants=variants).product_id
    report = import_reviews(
        file_of(tmp_path, "OAK-TABLE,Rating,5,Fine,It stands.,Ida,", "oak-table,Rating,4,Good,Solid oak.,Bo,",
                'MS16,Rating,3,"So, so","It ""fits""\nme.",Chi,'))  # fmt: skip
    assert (report.created, report.refused, len(report.products)) == (3, 0, 2)
    assert known.ratings_of([table])[table].mean == 450  # type: ignore[list-item, index]
    assert Review.objects.get(product_id=shirt).body == 'It "fits"\nme.'
    assert set(Review.objects.values_list("verified", "source")) == {(False, "import")}


def test_bad_rows_are_named_with_line_and_reason(tmp_path: Path, table: object) -> None:
    report = import_reviews(
        file_of(tmp_path, "NOPE,Rating,5,a,b,c,", "OAK-TABLE,Rating,7,a,b,c,", "OAK-TABLE,Rating,4.5,a,b,c,",
                "OAK-TABLE,Rating,,a,b,c,", ",Rating,5,a,b,c,", "OAK-TABLE,Rating,5,,,c,", "OAK-TABLE,Rating,5.0,a,b,c,"))  # fmt: skip
    assert report.created == 1 and [each.line for each in report.errors] == [2, 3, 4, 5, 6, 7]


def test_a_second_time_changes_nothing_and_a_row_that_stands_twice_counts_once(tmp_path: Path, table: object) -> None:
    path = file_of(tmp_path, "OAK-TABLE,Rating,5,a,b,c,", "OAK-TABLE,Rating,5,a,b,c,")
    first, second = import_reviews(path), import_reviews(path)
    assert (first.created, first.unchanged, second.created, second.updated) == (1, 1, 0, 0)
    assert first.notes and Review.objects.count() == 1


def test_a_dry_run_writes_nothing(tmp_path: Path, table: object) -> None:
    report = import_reviews(file_of(tmp_path, "OAK-TABLE,Rating,5,a,b,c,"), dry_run=True)
    assert report.rows == 1 and not Review.objects.exists()


def test_a_known_writer_is_linked_and_no_address_is_kept_of_others(tmp_path: Path, table: object) -> None:
    anna = Customer.objects.create(email="anna@example.com")
    import_reviews(
        file_of(tmp_path, "OAK-TABLE,Rating,5,a,b,Anna,Anna@Example.com", "OAK-TABLE,Rating,4,a,b,Bo,bo@example.com")
    )
    assert list(Review.objects.order_by("-rating").values_list("customer_id", flat=True)) == [anna.id, None]


def test_moments_languages_and_answers_are_taken_and_the_queue_may_come_first(tmp_path: Path, table: object) -> None:
    head = "Product Handle,Rating,Body,Reviewer Name,Review Date,Language,Reply,Verified\n"
    path = file_of(tmp_path, "oak-table,4,Solidny.,Ola,2025-03-04 10:00:00,pl_PL,Dziękujemy!,yes", head=head)
    import_reviews(path, look_first=True)
    row = Review.objects.get()
    assert (row.language, row.answer, row.verified, row.state) == ("pl", "Dziękujemy!", True, "waiting")
    assert row.created_at.date().isoformat() == "2025-03-04"


def test_a_mapping_says_other_names_and_a_file_without_stars_is_refused(tmp_path: Path, table: object) -> None:
    mapping = tmp_path / "own.toml"
    mapping.write_text('source = "old-shop"\n[fields]\nsku = "artikel"\nrating = "note"\nbody = "wort"\n')
    path = file_of(tmp_path, "OAK-TABLE;2;Wackelt", head="artikel;note;wort\n")
    with pytest.raises(BadMapping):
        import_reviews(path)
    assert import_reviews(path, mapping=mapping).created == 1 and Review.objects.get().source == "old-shop"


JUDGE_ME = "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply\n"
YOTPO = (
    "Review Id,Review Title,Review Content,Review Score,Review Creation Date,Display Name,Email,Product Id,Product URL,"
    "Review Status,Votes Up\n"
)
STAMPED = "Review Title,Review Body,Review Rating,Author,Date Created,Product Handle,Published State,Verified Buyer\n"


@pytest.mark.parametrize(
    ("head", "row", "state"),
    [
        (JUDGE_ME, "Firm,It stands,5,2024-05-17 10:00:00 UTC,web,ok,Ida,,778145,oak-table,Thanks", "published"),
        (JUDGE_ME, "Firm,It stands,5,2024-05-17 10:00:00 UTC,web,spam,Ida,,778145,oak-table,", "waiting"),
        (YOTPO, "91,Firm,It stands,5,2024-05-17,Ida,,7781,https://x.example/p/oak-table?v=1,Published,3", "published"),
        (STAMPED, "Firm,It stands,5 stars,Ida,05/17/2024 10:00:00,oak-table,Unpublished,true", "waiting"),
        (STAMPED, "Firm,It stands,★★★★★,Ida,17.05.2024,oak-table,Published,true", "published"),
    ],
)
def test_files_of_review_services_are_read_without_a_mapping(tmp_path: Path, table: object, head, row, state) -> None:
    report = import_reviews(file_of(tmp_path, row, head=head))
    assert (report.created, report.errors) == (1, [])
    review = Review.objects.get()
    assert (review.rating, review.title, review.nickname, review.state) == (5, "Firm", "Ida", state)
    assert review.created_at.date().isoformat() == "2024-05-17"
    assert bool(report.notes) == (state == "waiting")


def test_days_that_could_be_two_are_refused_and_one_that_tells_tells_for_all(tmp_path: Path, table: object) -> None:
    head = "sku,rating,body,date\n"
    report = import_reviews(file_of(tmp_path, "OAK-TABLE,5,a,03/04/2024", head=head))
    assert report.created == 0 and "ISO 8601" in report.errors[0].reason
    report = import_reviews(file_of(tmp_path, "OAK-TABLE,5,a,03/04/2024", "OAK-TABLE,5,b,25/04/2024", head=head))
    assert report.created == 2
    assert Review.objects.get(body="a").created_at.date().isoformat() == "2024-04-03"


def test_markup_of_other_systems_does_not_come_in(tmp_path: Path, table: object) -> None:
    import_reviews(file_of(tmp_path, 'OAK-TABLE,Rating,5,a,"<p>One &amp; two</p><br>three <script>x</script>",c,'))
    assert Review.objects.get().body == "One & two\n\nthree x"


def test_letters_of_windows_are_read(tmp_path: Path, table: object) -> None:
    path = tmp_path / "reviews.csv"
    path.write_bytes("sku;rating;body\nOAK-TABLE;5;Очень крепкий стол\n".encode("cp1251"))
    assert import_reviews(path, language="ru").created == 1
    assert Review.objects.get().body == "Очень крепкий стол"


def test_the_same_trouble_of_many_lines_is_told_once(tmp_path: Path) -> None:
    lines = import_reviews(file_of(tmp_path, *["NOPE,Rating,5,a,b,c,"] * 3)).lines()
    assert "Lines 2, 3, 4 (NOPE): There is no product “NOPE” here. Import the products first." in lines
