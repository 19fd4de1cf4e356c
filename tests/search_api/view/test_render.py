import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.schemas import Correction, Expansion, Heading, Highlight, Hit, NewerVersion, Place
from search_api.view.address import Address
from search_api.view.languages.german import GERMAN
from search_api.view.links import Link
from search_api.view.markup import escaped, link, markdown_escaped
from search_api.view.render import (
    catalogue,
    excerpt,
    hit_card,
    marked_passage,
    notice,
    searched_too,
    verdict_box,
)
from tests.search_api.view import samples

FILES = "http://lotse.example:8000"
ADDRESS = Address("Wer haftet?")
LONG = "Noch ein Wort zur Reise. " * 40


def card(hit: Hit) -> str:
    return hit_card(hit, ADDRESS, FILES)


def test_a_card_shows_sentence_passage_source_and_way() -> None:
    text = card(samples.hit())
    assert f'<h2 class="antwortsatz" lang="de">{samples.SENTENCE}</h2>' in text
    assert f"{samples.BEFORE}<mark>{samples.SENTENCE}</mark>{samples.AFTER}" in text
    assert "Handbuch · Versicherung bei Fahrten · S. 4 · geprüft am 22.11.2026" in text
    assert f'href="{FILES}/documents/7d1f/file#page=4" target="_blank" rel="noopener noreferrer"' in text


def test_a_short_passage_is_neither_repeated_nor_folded() -> None:
    text = card(samples.hit(text=samples.SENTENCE))
    assert text.count(samples.SENTENCE) == 1
    assert f"<mark>{samples.SENTENCE}</mark>" in text
    assert "<details>" not in text


def test_a_long_passage_is_shortened_and_the_whole_can_be_unfolded() -> None:
    hit = samples.hit(text=LONG + samples.SENTENCE + " " + LONG)
    near = excerpt(hit, 50)
    assert near.shortened
    assert near.before == "… ein Wort zur Reise. Noch ein Wort zur Reise. "
    assert near.after == " Noch ein Wort zur Reise. Noch ein Wort zur …"
    shown, folded = card(hit).split("<details>")
    assert LONG not in shown
    assert f"{LONG}<mark>{samples.SENTENCE}</mark> {LONG}" in folded


def test_a_passage_without_spaces_is_cut_too() -> None:
    near = excerpt(samples.hit(text="x" * 500 + samples.SENTENCE + "y" * 500), 50)
    assert (near.before, near.after) == ("… ", " …")


@given(st.text(), st.integers(-5, 40), st.integers(-5, 40), st.integers(0, 20))
def test_an_excerpt_never_fails_and_the_whole_loses_nothing(
    text: str, start: int, end: int, reach: int
) -> None:
    hit = samples.hit().model_copy(update={"text": text, "highlight": Highlight(start=start, end=end)})
    whole = excerpt(hit)
    assert whole.before + whole.sentence + whole.after == text
    assert excerpt(hit, reach).sentence == whole.sentence


@given(st.text())
def test_escaped_text_reads_as_before_and_holds_no_markup(text: str) -> None:
    safe = escaped(text)
    assert html.unescape(safe) == html.unescape(html.escape(text))
    assert not re.search("[<>\"']", safe)


def test_nothing_of_a_source_is_active() -> None:
    evil = samples.HOSTILE
    document = samples.GRANT.model_copy(
        update={
            "title": evil,
            "language": '"><script>',
            "url": "javascript:alert(1)",
            "funding": samples.GRANT.funding and samples.GRANT.funding.model_copy(update={"deadline": evil}),
        }
    )
    hit = samples.hit(document, Heading(anchor=evil), text=f"{evil} {evil}", sentence=evil, heading=(evil,))
    text = card(hit)
    assert set(re.findall("<([a-z0-9]+)", text)) <= set(
        "article h2 p span div mark a dl dt dd details summary".split()
    )
    assert not re.findall(r"<[^>]*\son\w+=", text)
    assert all(href.startswith((FILES, "?")) for href in re.findall('href="([^"]*)', text))
    assert html.escape(evil) in text


def test_a_markdown_link_stays_text_in_labels() -> None:
    assert markdown_escaped("[x](javascript:1) **a**\n:red[b]") == (
        r"\[x\]\(javascript\:1\) \*\*a\*\* \:red\[b\]"
    )


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    assert link(Link('?a="onclick=1', "<b>")) == '<a href="?a=&quot;onclick=1">&lt;b&gt;</a>'


def test_an_expired_hit_carries_a_badge() -> None:
    assert '<span class="abgelaufen">abgelaufen seit 31.12.2025</span>' in card(samples.hit(samples.EXPIRED))
    assert "abgelaufen" not in card(samples.hit())


def test_a_funding_hit_shows_amount_and_deadline() -> None:
    text = card(samples.hit(samples.GRANT))
    assert "<dt>Betrag</dt><dd>500 bis 50.745 Euro</dd>" in text
    assert "<dt>Antragsfrist</dt><dd>01.02.2027</dd>" in text


def test_a_passage_without_an_answer_sentence_is_shown_unmarked() -> None:
    hit = samples.hit().model_copy(update={"highlight": Highlight(start=3, end=3)})
    assert marked_passage(excerpt(hit)) == hit.text
    assert "antwortsatz" not in card(hit)


@pytest.mark.parametrize("verdict", ["answered", "partial"])
def test_a_verdict_in_plain_words(verdict: str) -> None:
    text = verdict_box(GERMAN, "answered" if verdict == "answered" else "partial", narrowed=True)
    assert f"urteil-{verdict}" in text
    assert "<li>" not in text


@pytest.mark.parametrize("narrowed", [True, False])
def test_no_answer_comes_with_advice(narrowed: bool) -> None:
    text = verdict_box(GERMAN, "none", narrowed=narrowed)
    assert "Dazu haben wir nichts." in text
    assert "Sprechstunde" in text
    assert ("Filter" in text) is narrowed


def test_in_the_office_hours_nobody_is_sent_there() -> None:
    assert verdict_box(GERMAN, "none", narrowed=True, contact=None).count("<li>") == 2
    assert verdict_box(GERMAN, "none", narrowed=True, contact="Frau A").count("<li>") == 3


def test_a_notice_escapes_what_the_api_says() -> None:
    shown = notice(GERMAN, "Halt", "<b>", told="<i>", command="make <x>")
    assert [each in shown for each in ("&lt;b&gt;", "&lt;i&gt;", "make &lt;x&gt;")] == [True] * 3


def test_the_catalogue_groups_by_kind() -> None:
    entries = samples.catalogue(samples.DOCUMENT, samples.RECORDING, samples.EXPIRED).documents
    text = catalogue(GERMAN, ((entry, Link("?x", entry.title)) for entry in entries))
    assert re.findall("<h2>(.*?)</h2>", text) == ["Handbuch", "Mitschrift"]
    assert text.count("<li") == 3
    assert text.count("abgelaufen seit") == 1


def test_what_was_searched_for_besides_is_said_and_escaped() -> None:
    found = samples.answer().model_copy(
        update={
            "corrections": [Correction(written="versicherrung", meant="Versicherung")],
            "expansions": [Expansion(word="Knete", means=["Geld", "<b>Zuschuss</b>"])],
        }
    )
    shown = searched_too(GERMAN, found)
    assert "Gesucht wurde auch: Versicherung, Geld, &lt;b&gt;Zuschuss&lt;/b&gt;" in shown
    assert searched_too(GERMAN, samples.answer()) == ""


def test_a_hit_names_where_else_it_stands_and_a_newer_version() -> None:
    place = Place(
        passage_id="p9",
        document_id="d9",
        source="b.md",
        title="<i>Blatt</i>",
        heading=[],
        location=samples.PAGE,
    )
    newer = NewerVersion(document_id="d8", source="c.md", title="Blatt 2026")
    text = card(samples.hit().model_copy(update={"also_in": [place], "newer_version": newer}))
    assert "Steht auch in:" in text
    assert "&lt;i&gt;Blatt&lt;/i&gt;, S. 4" in text
    assert "Es gibt eine neuere Fassung:" in text
    assert "Blatt 2026" in text
    assert "Steht auch in" not in card(samples.hit())
