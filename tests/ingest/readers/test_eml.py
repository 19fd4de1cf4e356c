from __future__ import annotations

from email.header import Header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from tests.ingest.readers.written import LINES, PARAGRAPHS, ROUND_TRIP, read_written, told_words

_HEAD = {
    "From": "Anna Beispiel <anna@verein.example>",
    "To": "Karl Muster <karl@stadt.example>",
    "Cc": "rat@stadt.example",
    "Subject": "AW: WG: Rundbrief für Bürger*innen",
    "Date": "Sun, 01 Mar 2026 10:00:00 +0100",
}


def _message(text: str | None = None, html: str | None = None, **head: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {**_HEAD, **head}.items():
        message[name] = value
    if text is not None:
        message.set_content(text)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    return message


def _text(message: EmailMessage) -> str:
    return "\n".join(section.text for section in read_written("a.eml", bytes(message)).sections)


def test_subject_and_year_are_taken_and_persons_are_not() -> None:
    text = "Fragen an ANNA@verein.example, rat@stadt.example oder info@eu.example.\n"
    document = read_written("a.eml", bytes(_message(text)))
    assert document.extracted == {"title": "Rundbrief für Bürger*innen", "year": 2026}
    assert document.sections[0].text == ("Fragen an [E-Mail-Adresse], [E-Mail-Adresse] oder info@eu.example.")
    told = f"{document}"
    assert not [word for word in ("Anna", "Karl", "verein.example", "stadt.example") if word in told]


def test_an_address_in_the_subject_leaves_a_gap() -> None:
    document = read_written("a.eml", bytes(_message("Text", Subject="Post von anna@verein.example")))
    assert document.extracted["title"] == "Post von [E-Mail-Adresse]"


def test_the_html_form_counts_with_its_headings() -> None:
    html = (
        "<html><head><title>x</title><style>p{}</style></head><body><h1>Rundbrief</h1>"
        "<table><tr><td><h2>Geld</h2><p>Bis <b>Mai</b>.</p><ul><li>eins</li></ul></td></tr></table>"
        "</body></html>"
    )
    document = read_written("a.eml", bytes(_message("nur Worte", html, Subject="Rundbrief")))
    assert [(section.heading, section.text) for section in document.sections] == [
        (("Geld",), "Bis Mai.\n\n– eins")
    ]


def test_a_plain_message_without_quotes_and_signature() -> None:
    text = (
        "Hallo,\n\ndie Frist endet bald.\n\nAm 1. März 2026 um 10:00 schrieb Karl Muster\n"
        "<karl@x.example>:\n> alte Worte\n> > ältere\n\nViele Grüße\n-- \nAnna\nTelefon 123\n"
    )
    assert _text(_message(text)) == "Hallo,\n\ndie Frist endet bald.\n\nViele Grüße"


@pytest.mark.parametrize(
    "former",
    [
        "-----Ursprüngliche Nachricht-----\nalte Worte",
        "Von: Karl\nGesendet: Montag\nAn: Anna\nBetreff: alt\n\nalte Worte",
        "On Mon, 1 Mar 2026 Karl wrote:\n> alte Worte",
    ],
)
def test_a_former_message_below_is_dropped(former: str) -> None:
    text = _text(_message(f"Neue Worte.\n\n{former}\n"))
    assert text.startswith("Neue Worte.")
    assert [word for word in ("Karl", "Gesendet", "> ") if word in text] == []


def test_of_a_forwarded_newsletter_the_content_stays() -> None:
    head = "---------- Weitergeleitete Nachricht ---------\nVon: Karl\nDatum: heute\nBetreff: x\n"
    assert _text(_message(f"{head}\nDer Rundbrief.\n")) == "Der Rundbrief."


def test_quotes_and_signatures_in_html_are_dropped() -> None:
    html = (
        '<p>Neu.</p><div class="gmail_quote">Am 1. schrieb Karl: alt</div>danach'
        '<blockquote type="cite">alt</blockquote><blockquote>Ein Zitat.</blockquote>'
        '<div class="moz-signature">Anna</div><p>--</p><p>Telefon</p>'
    )
    assert _text(_message(html=html)) == "Neu.\n\ndanach\n\nEin Zitat."


def test_texts_between_pictures_are_all_read() -> None:
    kinds = {"plain": ("Erster Teil.", "Zweiter Teil."), "html": ("<p>Dritter Teil.</p>",)}
    raw = "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n"
    for kind, texts in kinds.items():
        raw += "".join(f"--q\nContent-Type: text/{kind}\n\n{text}\n" for text in texts)
    document = read_written("a.eml", f"{raw}--q--\n")
    assert document.sections[0].text == "Erster Teil.\n\nZweiter Teil.\n\nDritter Teil."
    assert document.unread == ()


def test_attachments_and_pictures_are_named() -> None:
    message = _message("Text", "<p>Text</p>")
    message.get_payload()[1].add_related(b"x", "image", "png", cid="<a>")  # type: ignore[union-attr, index]
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Prögramm.pdf")
    message.add_attachment("Geheim", filename="notiz.txt")
    message.add_attachment(_message("Innen", Subject="Alte Mail"))
    document = read_written("a.eml", bytes(message))
    assert [section.text for section in document.sections] == ["Text"]
    assert document.unread == (
        "Der Anhang „Prögramm.pdf“ wurde nicht gelesen.",
        "Der Anhang „notiz.txt“ wurde nicht gelesen.",
        "Der Anhang „message/rfc822“ wurde nicht gelesen.",
        "Ein Bild im Text wurde nicht gelesen.",
    )


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: text/plain; charset=erfunden",
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Type: text/plain; charset=iso-8859-1",
        b"X-Art: keine",
    ],
)
def test_broken_and_missing_encodings_are_no_obstacle(head: bytes) -> None:
    raw = b"Subject: =?utf-8?q?F=C3=B6rderung?=\n" + head + "\n\nFörderung für „alle“\n".encode("cp1252")
    document = read_written("a.eml", raw)
    assert document.extracted["title"] == "Förderung"
    assert document.sections[0].text == "Förderung für „alle“"


def _nested(depth: int) -> bytes:
    parts = (
        f"--b{level}\nContent-Type: multipart/mixed; boundary=b{level + 1}\n\n" for level in range(depth)
    )
    return ("Subject: x\nContent-Type: multipart/mixed; boundary=b0\n\n" + "".join(parts)).encode()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"Nur Text\n\nund mehr", "keine E-Mail"),
        (_nested(50), "verschachtelt"),
        (_nested(3000), "verschachtelt"),
        (b"Subject: x\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n", "verschlüsselt"),
        (b"Subject: x\n\n\n", "keinen Text"),
        (b"Subject: x\nContent-Type: application/pdf\n\nx\n", "Der Anhang „application/pdf“"),
        (b"Subject: x\nContent-Type: text/calendar\n\nx\n", "Der Anhang „text/calendar“"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "alten Office-Programm"),
    ],
)
def test_what_is_no_readable_e_mail_is_one_sentence(raw: bytes, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message) as caught:
        read_written("a.eml", raw)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "header", [b"From: =?", b"From: <", b'To: "', b"Date: x", b"Content-Type: ;;", b"To: a@b@c:;"]
)
def test_broken_headers_are_no_obstacle(header: bytes) -> None:
    assert read_written("a.eml", b"Subject: x\n" + header + b"\n\nText\n").sections[0].text == "Text"


@ROUND_TRIP
@given(LINES, PARAGRAPHS, st.booleans())
def test_every_word_comes_out_once_and_in_order(title: str, paragraphs: list[str], is_html: bool) -> None:
    message = EmailMessage()
    if is_html:
        message.set_content("".join(f"<p>{each}</p>" for each in paragraphs), subtype="html")
    else:
        message.set_content("\n\n".join(paragraphs))
    # Python's newer writer of subjects loses blanks between long words that need encoding.
    subject = Header(f"Rundbrief {title}", "utf-8").encode()
    words = told_words(read_written("a.eml", f"Subject: {subject}\n".encode() + bytes(message)))
    assert words == f"Rundbrief {title} {' '.join(paragraphs)}".split()
