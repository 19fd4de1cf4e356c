from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import HeadingLocation
from tests.ingest.readers.written import LINES, PARAGRAPHS, ROUND_TRIP, read_written, told_words


def _page(body: str, head: str = "<title>Reisen</title>") -> str:
    return f"<!DOCTYPE html><html lang='de-DE'><head>{head}</head><body>{body}</body></html>"


def _text(body: str) -> str:
    return "\n\n".join(section.text for section in read_written("a.html", _page(body)).sections)


def test_title_and_language_come_from_the_head() -> None:
    document = read_written("a.html", _page("<h1>Reisen</h1><p>Text</p>"))
    assert document.extracted == {"title": "Reisen", "language": "de"}
    assert document.sections[0].heading == ()


def test_without_a_title_the_main_heading_is_it() -> None:
    document = read_written("a.htm", _page("<h1>Fahrten</h1><p>Text</p>", head=""))
    assert document.extracted["title"] == "Fahrten"


def test_only_the_main_content_is_read() -> None:
    main = "<main><p>Inhalt</p><aside>Werbung</aside></main>"
    body = f"<header>Logo</header><nav>Menü</nav>{main}<footer>Impressum</footer>"
    assert _text(body) == "Inhalt"


def test_without_main_the_frame_of_the_page_is_left_out() -> None:
    body = (
        "<header>Logo</header><div id='cookie-banner'>Wir nutzen Cookies</div><script>x()</script>"
        "<form><input><label>Suche</label></form><section><header><h2>Bus</h2></header><p>Fahren</p></section>"
        "<footer>Impressum</footer>"
    )
    document = read_written("a.html", _page(body))
    assert [(section.heading, section.text) for section in document.sections] == [(("Bus",), "Fahren")]


def test_a_form_around_the_whole_page_is_kept() -> None:
    assert _text("<form><h1>Reisen</h1><p>Inhalt</p></form>") == "Inhalt"


def test_words_after_a_removed_element_stay() -> None:
    assert _text("<p>eins</p><nav>Menü</nav>zwei<p>drei</p>") == "eins\n\nzwei\n\ndrei"


def test_anchor_is_the_id_of_the_heading_or_of_an_anchor_in_it() -> None:
    body = "<h2 id='bus'>Bus</h2><p>a</p><h2><a name='bahn'></a>Bahn</h2><p>b</p><h2>Rad</h2><p>c</p>"
    document = read_written("a.html", _page(body))
    assert [section.location for section in document.sections] == [
        HeadingLocation("bus"),
        HeadingLocation("bahn"),
        HeadingLocation(),
    ]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<ul><li>eins<ul><li>zwei</li></ul></li><li>drei</li></ul>", "– eins\n– zwei\n– drei"),
        ("<ol><li>eins</li><li><p>zwei</p></li></ol>", "1. eins\n2. zwei"),
        ("<p>eins<br>zwei</p>", "eins\nzwei"),
        ("<p>Städte&shy;partnerschaft&nbsp;hier</p>", "Städtepartnerschaft hier"),
        ("<p>Ein <b>Wo</b>rt <img alt='Bus'></p>", "Ein Wort Bus"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<my-box>eins</my-box><my-box>zwei</my-box>", "eins\n\nzwei"),
        (
            "<table><tr><th>Programm</th><th>Frist</th></tr><tr><td>Reisen</td><td>März</td></tr></table>",
            "Programm: Reisen; Frist: März",
        ),
        (
            "<table><tr><th>A</th><th>B</th></tr>"
            "<tr><td rowspan=2>x</td><td>1</td></tr><tr><td>2</td></tr></table>",
            "A: x; B: 1\nA: x; B: 2",
        ),
        (
            "<table><tr><td>Frist:</td><td>März</td></tr><tr><td>Geld:</td><td>ja</td></tr></table>",
            "Frist: März\nGeld: ja",
        ),
        ("<table><tr><td colspan=9999999>eins</td><td>zwei</td></tr></table>", "eins | zwei"),
    ],
)
def test_structure_becomes_lines(markup: str, words: str) -> None:
    assert _text(markup) == words


def test_headings_in_a_layout_table_are_headings() -> None:
    document = read_written("a.html", _page("<table><tr><td><h2>Bus</h2><p>Fahren</p></td></tr></table>"))
    assert document.sections[0].heading == ("Bus",)


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-8"])
def test_the_declared_charset_is_respected(declared: str) -> None:
    page = _page("<p>Grüße</p>", head=f"<meta charset='{declared}'>")
    assert read_written("a.html", page.encode(declared)).sections[0].text == "Grüße"


def test_a_wrongly_declared_charset_does_no_harm() -> None:
    page = _page("<p>Grüße</p>", head="<meta charset='utf-8'>")
    assert read_written("a.html", page.encode("cp1252")).sections[0].text == "Grüße"


def test_entities_are_not_unfolded_and_absurd_nesting_is_an_error() -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'haha'><!ENTITY b '&a;&a;'>]><html><body><p>&b; Ende</p></body></html>"
    assert "Ende" in read_written("a.html", bomb).sections[0].text
    with pytest.raises(UnreadableSourceError, match="verschachtelt"):
        read_written("a.html", _page("<div>" * 400 + "tief"))


def test_a_page_without_words_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="keinen Text"):
        read_written("a.html", _page("<nav>Menü</nav>"))


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>x</p>",
        "<p style='color: red; display:none'>x</p>",
        "<div aria-hidden='true'>x</div>",
        "<span class='sr-only'>x</span>",
        "<div role='dialog'>x</div>",
        "<button>x</button>",
        "<template><p>x</p></template>",
    ],
)
def test_what_nobody_sees_is_no_text(hidden: str) -> None:
    assert _text(f"<p>Inhalt</p>{hidden}<p>Ende</p>") == "Inhalt\n\nEnde"


@pytest.mark.parametrize(
    "panel",
    [
        "<div id='p' hidden>Antwort</div>",
        "<div role='tabpanel' aria-hidden='true'>Antwort</div>",
        "<div class='accordion-content' style='display: none'>Antwort</div>",
        "<p hidden='until-found'>Antwort</p>",
    ],
)
def test_panels_that_a_click_opens_are_text(panel: str) -> None:
    opener = "<button aria-expanded='false' aria-controls='p'>Wer zahlt das alles?</button>"
    assert _text(f"<div>{opener}{panel}</div>").split() == "Wer zahlt das alles? Antwort".split()


def test_questions_of_panels_are_headings_unless_text_would_come_to_stand_under_them() -> None:
    panel = "<details id='a'><summary>Wer zahlt?</summary><p>Alle.</p></details>"
    document = read_written("a.html", _page(f"<h2>Geld</h2>{panel}<h2>Reise</h2>{panel}<p>Danach.</p>"))
    assert [(section.heading, section.location, section.text) for section in document.sections] == [
        (("Geld", "Wer zahlt?"), HeadingLocation("a"), "Alle."),
        (("Reise",), HeadingLocation(), "Wer zahlt?\n\nAlle.\n\nDanach."),
    ]


def test_the_list_of_the_pages_own_headings_is_left_out_and_other_lists_of_links_are_not() -> None:
    own = "<ul><li><a href='#a'>Geld</a></li><li><a href='#b'>Reise</a></li></ul>"
    links = "<ul><li><a href='/a.pdf'>Antrag</a></li><li><a href='/b.pdf'>Merkblatt</a></li></ul>"
    text = "<h2 id='a'>Geld</h2><p>a</p><h2 id='b'>Reise</h2><p>b</p>"
    assert _text(f"<main>{own}{text}{links}</main>") == "a\n\nb\n\n– Antrag\n– Merkblatt"


def test_a_page_saved_under_a_window_is_read() -> None:
    page = "<div aria-hidden='true' style='visibility: hidden'><p>Der Inhalt der Seite</p></div>"
    assert _text(f"{page}<div role='dialog'>Zustimmen?</div>") == "Der Inhalt der Seite"


def test_names_never_take_out_the_page() -> None:
    body = "<div class='has-sidebar cookie-notice-visible sidebar'><h1>Reisen</h1><p>Inhalt</p></div>"
    assert _text(body) == "Inhalt"


def test_the_only_main_heading_is_kept_in_the_header_of_the_page() -> None:
    document = read_written("a.html", _page("<header><h1>Fahrten</h1></header><p>Inhalt</p>", head=""))
    assert document.extracted["title"] == "Fahrten"


@ROUND_TRIP
@given(st.lists(PARAGRAPHS, min_size=1, max_size=5), st.sampled_from(["div", "section", "td", "span"]))
def test_every_word_of_a_page_without_a_main_part_comes_out(parts: list[list[str]], tag: str) -> None:
    blocks = [
        "".join(f"<{tag}>{number} {words}</{tag}> " for words in part) for number, part in enumerate(parts)
    ]
    body = "".join(f"<div><div>{block}</div></div>" for block in blocks)
    expected = [
        word for number, part in enumerate(parts) for words in part for word in f"{number} {words}".split()
    ]
    assert _text(body).split() == expected


@ROUND_TRIP
@given(st.lists(st.tuples(LINES, PARAGRAPHS, st.booleans()), min_size=1, max_size=5))
def test_every_word_comes_out_once_and_in_order(parts: list[tuple[str, list[str], bool]]) -> None:
    body, expected = "", []
    for number, (heading, paragraphs, is_list) in enumerate(parts):
        tag = "li" if is_list else "p"
        texts = "".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in paragraphs)
        body += f"<h2>{number} {heading}</h2>" + (f"<ul>{texts}</ul>" if is_list else texts)
        expected += f"{number} {heading}".split() + " ".join(paragraphs).split()
    told = told_words(read_written("a.html", _page(f"<main>{body}</main>", head="")))
    assert [word for word in told if word != "–"] == expected
