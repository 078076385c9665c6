"""What is made of broken, foreign and hostile mails."""

import contextlib

import pytest

from nitka.care.desk.incoming.cutting import cut
from nitka.care.desk.incoming.reading import read
from nitka.care.desk.incoming.wording import text_of_html
from nitka.care.desk.problems import MailRefused

FROM = b"From: Anna <anna@example.com>\r\nMessage-ID: <1@example.com>\r\n"


def body(headers: bytes, content: bytes) -> str:
    return read(FROM + headers + b"\r\n\r\n" + content).text


@pytest.mark.parametrize(
    ("headers", "content", "said"),
    [
        (b"Content-Type: text/plain; charset=windows-1251", "Где посылка?".encode("cp1251"), "Где посылка?"),
        (b"Content-Type: text/plain; charset=koi8-r", "Где посылка?".encode("koi8-r"), "Где посылка?"),
        (b"Content-Type: text/plain; charset=unknown-8bit", "Zażółć".encode(), "Zażółć"),
        (b"Content-Type: text/plain; charset=no-such-thing", b"caf\xe9", "café"),
        (b"Content-Type: text/plain; charset=us-ascii", "Բարև".encode(), "Բարև"),
        (b"Content-Type: text/plain; charset=hex", b"abc", "abc"),
        (b"Content-Type: ;;;broken", b"plain words", "plain words"),
        (b"Content-Transfer-Encoding: base64", b"!!!! not base64 at all", ""),
        (b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", b"0JPQtNC1Pw==", "Где?"),
        (b"Content-Type: text/html", b"<p>Hello <b>you</b><script>evil()</script></p><p>Bye</p>", "Hello you\n\nBye"),
    ],
)
def test_any_charset_and_encoding_gives_words(headers: bytes, content: bytes, said: str) -> None:
    found = body(headers, content)
    assert said in found and "\x00" not in found


def test_headers_in_foreign_letters_and_broken_ones_are_read() -> None:
    mail = read(
        b"From: =?utf-8?B?0JDQvdC90LA=?= <ANNA@Example.com>\r\nSubject: =?koi8-r?Q?=E7=C4=C5?= =?broken\r\n"
        b"To: <<<>>>, \xff\xfe@x, reply+abc@shop.example\r\nMessage-ID: <<>> garbage\r\nDate: never\r\n"
        b"References: not an id <a@b> <a@b>\r\n\r\nHello"
    )
    assert mail.sender == "anna@example.com" and mail.sender_name == "Анна" and mail.subject.startswith("Где")
    assert mail.references == ("<a@b>",) and mail.message_id.endswith("@no-message-id.invalid>")
    assert mail.text == "Hello"


def test_a_mail_that_names_no_sender_is_refused() -> None:
    for sender in (b"", b"From: \r\n", b"From: nobody\r\n", b"From: <@>\r\n"):
        with pytest.raises(MailRefused):
            read(sender + b"Subject: x\r\n\r\nHello")


def test_nul_and_lone_surrogates_do_not_reach_the_database() -> None:
    mail = read(FROM + b"Subject: a\x00b\r\n\r\nx\x00y \xed\xa0\x80")
    assert "\x00" not in mail.subject
    mail.subject.encode()
    mail.text.replace("\x00", "").encode()


def test_parts_within_parts_within_parts_end() -> None:
    inner = b"Content-Type: text/plain\r\n\r\ndeep\r\n"
    for depth in range(400):
        edge = b"e%d" % depth
        inner = (
            (b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n' % (edge, edge))
            + inner
            + b"\r\n--%s--\r\n" % edge
        )
    with contextlib.suppress(MailRefused):
        read(FROM + inner)


def test_thousands_of_parts_end() -> None:
    edge = b'Content-Type: multipart/mixed; boundary="e"\r\n\r\n'
    mail = read(FROM + edge + b"--e\r\n\r\nword\r\n" * 5000 + b"--e--\r\n")
    assert mail.text.startswith("word") and mail.text.count("word") < 201


def test_alternatives_give_the_plain_words_and_an_inline_picture_is_a_file() -> None:
    mail = read(
        FROM + b'Content-Type: multipart/related; boundary="r"\r\n\r\n--r\r\n'
        b'Content-Type: multipart/alternative; boundary="a"\r\n\r\n'
        b"--a\r\nContent-Type: text/plain\r\n\r\nplain\r\n--a\r\nContent-Type: text/html\r\n\r\n<b>html</b>\r\n--a--\r\n"
        b"--r\r\nContent-Type: image/png\r\nContent-Disposition: inline; filename*=utf-8''lamp%2F..%2Fx.png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--\r\n"
    )
    assert mail.text == "plain" and len(mail.files) == 1


def test_a_bounce_names_the_mail_that_came_back() -> None:
    mail = read(
        b"From: MAILER-DAEMON@mx.example.com\r\nMessage-ID: <b@mx>\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="e"\r\n\r\n'
        b"--e\r\nContent-Type: text/plain\r\n\r\nCould not deliver.\r\n"
        b"--e\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b\r\nStatus: 5.1.1\r\n\r\n"
        b"--e\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@shop.example>\r\n--e--\r\n"
    )
    assert mail.machine == "bounce" and "<ours@shop.example>" in mail.references and mail.failed_for_good


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ("Yes.\n\nOn Mon, Nov 3, 2026 at 10:00 AM Shop <a@b>\nwrote:\n> Do you?\n> Really?\n", "Yes."),
        ("Да.\n\nпн, 3 нояб. 2026 г. в 10:00, Shop <a@b>:\n> Что?\n", "Да.\n\nпн, 3 нояб. 2026 г. в 10:00, Shop <a@b>:"),
        ("Да.\n\n3 ноября 2026 г., 10:00 Shop <a@b> написал(а):\n> Что?\n", "Да."),
        ("Tak.\n\nW dniu 3.11.2026 o 10:00, Shop pisze:\n> Co?\n", "Tak."),
        ("Ja.\n\nDen man. 3. nov. 2026 kl. 10:00 skrev Shop <a@b>:\n> Hva?\n", "Ja."),
        ("Yes.\n\n-----Original Message-----\nFrom: Shop\nSent: today\n\nDo you?", "Yes."),
        ("Yes.\n\n________________________________\nFrom: Shop <a@b>\nSent: Monday\nTo: Anna\nSubject: Hi\n\nDo you?", "Yes."),
        ("Yes.\n-- \nAnna Nowak\n+48 512 345 678", "Yes."),
        ("Yes.\n\nSent from my iPhone", "Yes."),
        ("On Mon, Nov 3, 2026 Shop <a@b> wrote:\n> Do you?\n\nYes, below.\n", "Yes, below."),
        ("> Do you?\nYes.\n> Really?\nReally.", "Yes.\nReally."),
        ("> only a quote", "> only a quote"),
        ("From here it looks fine.\nTo me at least.", "From here it looks fine.\nTo me at least."),
        ("On the table there is a scratch.\nI wrote: nothing", "On the table there is a scratch.\nI wrote: nothing"),
    ],
)  # fmt: skip
def test_quotes_and_signatures_are_cut_and_never_everything(whole: str, said: str) -> None:
    assert cut(whole) == said


def test_quotes_of_html_mails_are_cut_and_kept_in_the_whole() -> None:
    whole, said = text_of_html(
        '<div dir="ltr">Yes, please.</div><br><div class="gmail_quote"><div class="gmail_attr">On Monday Shop wrote:</div>'
        "<blockquote>Do you want it?</blockquote></div>"
    )
    assert said == "Yes, please." and "Do you want it?" in whole
    whole, said = text_of_html(
        "<p>Tak</p><div id='appendonsend'></div><hr><div id='divRplyFwdMsg'>From: us</div><div>Old</div>"
    )
    assert said == "Tak" and "Old" in whole


def test_a_megabyte_of_tags_takes_no_time() -> None:
    whole, _said = text_of_html("<div>" * 200_000 + "x" + "<!" * 100_000)
    assert len(whole) < 1_000_000
