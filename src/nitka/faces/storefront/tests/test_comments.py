"""Comments below articles and collections: written by anybody, looked at, then shown; pictures drawn anew."""

import io
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from nitka.faces.backoffice.tests import makers as office
from nitka.ground.problem import Problem
from nitka.shelf.content import actions as content
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews.models import Comment, CommentUpload
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
GOOD = {"body": "We have <b>one</b>.\nIt stays.", "nickname": "Ida"}


@pytest.fixture
def article(visitor: Client) -> UUID:
    text = {"en": "How wool is spun."}
    return content.put_page(draft=content.Draft(slug="wool", kind="article", title={"en": "Wool"}, body=text))


def picture() -> SimpleUploadedFile:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Somebody's camera"
    Image.new("RGB", (80, 60), "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("me.jpg", out.getvalue(), "image/jpeg")


def test_a_comment_is_shown_once_somebody_looked_at_it(visitor: Client, article: UUID, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path
    sent = visitor.post(f"/en/comments/page/{article}", {**GOOD, "pictures": picture()})
    assert sent.status_code == 200 and b"Thank you" in sent.content
    run_jobs()
    assert not CommentUpload.objects.exists() and len(Comment.objects.get().pictures) == 1
    assert b"Somebody" not in b"".join(each.read_bytes() for each in tmp_path.rglob("*-large.webp"))
    assert "We have" not in visitor.get("/en/article/wool/").content.decode()
    staff = office.signed_in()
    row = Comment.objects.get()
    assert "Ida" in staff.get("/back/comments/").content.decode()
    staff.post(f"/back/comments/{row.id}/publish")
    text = visitor.get("/en/article/wool/").content.decode()
    assert "We have &lt;b&gt;one&lt;/b&gt;." in text and 'class="shots"' in text and "Ida" in text
    staff.post(f"/back/comments/{row.id}/refuse", {"text": "It names a person."})
    assert "Ida" not in visitor.get("/en/article/wool/").content.decode()


def test_an_address_of_mail_is_no_name_to_be_shown(visitor: Client, article: UUID) -> None:
    answer = visitor.post(f"/en/comments/page/{article}", {**GOOD, "nickname": "ida@example.com"})
    assert answer.status_code == 422 and not Comment.objects.exists()
    assert "&lt;b&gt;one" in answer.content.decode()


def test_what_is_no_article_takes_no_comments(visitor: Client, article: UUID) -> None:
    help_page = content.put_page(
        draft=content.Draft(slug="care", kind="help", title={"en": "Care"}, body={"en": "Wash it."})
    )
    assert visitor.post(f"/en/comments/page/{help_page}", GOOD).status_code == 404
    assert visitor.post(f"/en/comments/product/{article}", GOOD).status_code == 404


def test_refusing_needs_a_reason(article: UUID) -> None:
    said = reviews.Said(about="page", subject=article, nickname="Ida", body="Good", language="en")
    with pytest.raises(Problem):
        reviews.refuse_comment(comment_id=reviews.write_comment(said=said), reason=" ")
