from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passage import (
    Cue,
    Document,
    HeadingLocation,
    Kind,
    Metadata,
    Passage,
    QuestionLocation,
    Section,
    TimeLocation,
)
from ingest.chunking import MAX_TOKENS, deep_link, passages_of

PLAIN = Metadata("Titel", Kind.HANDBUCH)


def words(text: str) -> int:
    return len(text.split())


def passages(*sections: Section, metadata: Metadata = PLAIN) -> list[Passage]:
    return passages_of(Document(sections), "a.md", metadata, words)


def section(text: str, heading: tuple[str, ...] = ()) -> Section:
    return Section(heading, HeadingLocation("anker"), text)


def spoken(cues: list[Cue]) -> Section:
    text = " ".join(cue.text for cue in cues)
    return Section((), TimeLocation(cues[0].start, cues[-1].end), text, tuple(cues))


def test_a_short_section_is_one_passage_and_sections_are_never_mixed() -> None:
    found = passages(section("Eins.", ("A",)), section("Zwei.", ("B",)))
    assert [(each.text, each.heading, each.position) for each in found] == [
        ("Eins.", ("A",), 0),
        ("Zwei.", ("B",), 1),
    ]


def test_a_long_section_is_cut_at_paragraphs_then_at_sentences() -> None:
    sentence = "Wort " * 49 + "Ende."
    paragraphs = [" ".join([sentence] * 4), " ".join([sentence] * 8)]
    found = passages(section("\n\n".join(paragraphs)))
    assert [words(each.text) for each in found] == [200, 300, 100]
    assert all(each.text.endswith("Ende.") for each in found)


def test_a_cut_never_falls_behind_an_abbreviation() -> None:
    text = " ".join(f"Das gilt z. B. auch für Nr. {i} sowie Abs. 5 des Gesetzes." for i in range(200))
    assert all(each.text.endswith("Gesetzes.") for each in passages(section(text)))


@given(st.lists(st.text(alphabet="abcdÄß.!? \n", min_size=1, max_size=300), min_size=1, max_size=8))
def test_every_word_comes_out_once_and_in_order(texts: list[str]) -> None:
    found = passages(*(section(text) for text in texts))
    assert " ".join(each.text for each in found).split() == " ".join(texts).split()
    assert all(words(each.text) <= MAX_TOKENS for each in found)
    assert all(each.sentences for each in found)


def test_an_faq_pair_stays_whole_however_long() -> None:
    text = "Frage?\n" + "Antwort und noch mehr. " * 300
    (found,) = passages(Section((), QuestionLocation("Frage?"), text, whole=True))
    assert found.text == text.strip()
    assert found.location == QuestionLocation("Frage?")


def test_spoken_passages_are_whole_cues_with_start_and_end() -> None:
    cues = [Cue(i * 5.0, i * 5.0 + 4.5, f"Satz {i} " + "wort " * 18 + "Ende.") for i in range(40)]
    found = passages(spoken(cues))
    assert len(found) > 1
    first = found[0].location
    assert isinstance(first, TimeLocation)
    assert (first.start, first.end) == (0.0, cues[words(found[0].text) // 21 - 1].end)
    assert " ".join(each.text for each in found).split() == " ".join(cue.text for cue in cues).split()
    starts = [each.location.start for each in found if isinstance(each.location, TimeLocation)]
    assert starts == sorted(starts)


def test_a_spoken_passage_ends_with_a_sentence_where_it_can() -> None:
    cues = [Cue(i, i + 1, "wort " * 29 + ("Punkt." if i % 4 == 3 else "weiter")) for i in range(40)]
    assert all(each.text.endswith("Punkt.") for each in passages(spoken(cues)))


def test_each_turn_is_a_line_with_its_speaker_who_belongs_to_no_sentence() -> None:
    cues = [
        Cue(0, 2, "Wer haftet?", "Moderation"),
        Cue(2, 4, "Der Verein.", "Referentin"),
        Cue(4, 6, "Immer.", "Referentin"),
    ]
    (found,) = passages(spoken(cues))
    assert found.text == "Moderation: Wer haftet?\nReferentin: Der Verein. Immer."
    assert [found.text[s.start : s.end] for s in found.sentences] == ["Wer haftet?", "Der Verein.", "Immer."]


@pytest.mark.parametrize(
    ("video", "link"),
    [
        (None, None),
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&t=754"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=754"),
        ("https://youtu.be/abc?t=5#x", "https://youtu.be/abc?t=754"),
        ("https://www.youtube.com/live/abc?si=x&t=5", "https://www.youtube.com/live/abc?si=x&t=754"),
        ("https://youtube.com/shorts/a-c", "https://www.youtube.com/watch?v=a-c&t=754"),
        ("https://www.youtube-nocookie.com/embed/abc?start=3", "https://www.youtube.com/watch?v=abc&t=754"),
        ("https://notyoutube.com/watch?v=1", "https://notyoutube.com/watch?v=1#t=754"),
        ("https://vimeo.com/1", "https://vimeo.com/1#t=754s"),
        ("https://player.vimeo.com/video/1#t=3s", "https://player.vimeo.com/video/1#t=754s"),
        ("vortrag.mp4", "vortrag.mp4#t=754"),
        ("https://example.org/vortrag.mp4", "https://example.org/vortrag.mp4#t=754"),
    ],
)
def test_a_recording_opens_at_the_second(video: str | None, link: str | None) -> None:
    assert deep_link(video, 754.9) == link


@pytest.mark.parametrize(
    ("start", "last", "second"),
    [(75.9, 80.0, 75), (79.9, 80.0, 79), (80.0, 80.0, 79), (0.0, 0.0, 0), (80.2, 80.4, 80)],
)
def test_a_link_never_leads_behind_the_end(start: float, last: float, second: int) -> None:
    assert deep_link("https://example.org/a.mp3", start, last) == f"https://example.org/a.mp3#t={second}"


def test_a_passage_links_to_the_second_of_its_first_cue() -> None:
    cues = [Cue(i * 60.5, i * 60.5 + 60, f"Satz {i} " + "wort " * 200 + "Ende.") for i in range(3)]
    video = replace(PLAIN, video_url="https://youtu.be/abc")
    links = [
        each.location.url
        for each in passages(spoken(cues), metadata=video)
        if isinstance(each.location, TimeLocation)
    ]
    assert links == [f"https://youtu.be/abc?t={second}" for second in (0, 60, 121)]


SPEECH = st.lists(st.sampled_from(["wort", "satz.", "z. B.", "ja?", "und"]), min_size=1, max_size=60).map(
    " ".join
)


@given(
    st.lists(st.tuples(SPEECH, st.sampled_from([None, "Anna", "Frau Dr. Muster"])), min_size=1, max_size=60),
    st.booleans(),
)
def test_spoken_passages_hold_every_word_once_within_the_limit(
    texts: list[tuple[str, str | None]], punctuated: bool
) -> None:
    said = [text if punctuated else re.sub(r"[.?]", "", text) for text, _ in texts]
    cues = [
        Cue(i * 9.0, i * 9.0 + 8, text, name)
        for i, (text, (_, name)) in enumerate(zip(said, texts, strict=True))
    ]
    found = passages(spoken(cues))
    assert all(words(each.text) <= MAX_TOKENS for each in found)
    spoken_words = [
        word for each in found for line in each.text.split("\n") for word in without_name(line).split()
    ]
    assert spoken_words == " ".join(said).split()
    starts = [each.location.start for each in found if isinstance(each.location, TimeLocation)]
    assert set(starts) <= {cue.start for cue in cues}
    assert starts == sorted(set(starts))


def without_name(line: str) -> str:
    return line.removeprefix("Anna: ").removeprefix("Frau Dr. Muster: ")


@pytest.mark.parametrize("mark", ["", "."])
def test_a_cue_larger_than_the_limit_is_divided_and_its_time_shared_out(mark: str) -> None:
    text = " ".join([f"Wort{i}" + (mark if i % 10 == 9 else "") for i in range(1000)])
    found = passages(spoken([Cue(100.0, 200.0, text)]))
    assert " ".join(each.text for each in found) == text
    assert all(words(each.text) <= MAX_TOKENS for each in found)
    spans = [each.location for each in found if isinstance(each.location, TimeLocation)]
    assert (spans[0].start, spans[-1].end) == (100.0, 200.0)
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
    for each, span in zip(found, spans, strict=True):
        first = int(re.findall(r"\d+", each.text)[0])
        assert span.start == pytest.approx(100 + first / 10, abs=2)
        assert each.text.endswith(mark)


def test_an_abbreviation_at_the_end_of_a_cue_ends_no_sentence() -> None:
    cues = [Cue(i, i + 1, "wort " * 29 + {3: "Punkt.", 2: "z. B."}.get(i % 4, "weiter")) for i in range(40)]
    assert all(each.text.endswith("Punkt.") for each in passages(spoken(cues)))
