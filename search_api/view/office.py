"""What can be done with a case, as pure functions of its content, and how its passages are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_api.schemas import CaseContent, Pin
from search_api.view.languages import texts_in
from search_api.view.lines import source_line
from search_api.view.links import hit_links
from search_api.view.locales import date_words
from search_api.view.markup import escaped, in_language, link_row, said_by_api
from search_api.view.render import badge, excerpt, notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_api.schemas import Case, CaseSummary, Finding, Hit
    from search_api.view.address import Address
    from search_api.view.texts import Texts


def content_of(case: Case | None) -> CaseContent:
    """What a case holds; nothing where there is none yet."""
    if case is None:
        return CaseContent(questions=[], answer="", pins=[])
    return CaseContent(questions=case.questions, answer=case.answer, pins=case.pins)


def pin_of(hit: Hit) -> Pin:
    """A hit as it is pinned, without a note."""
    return Pin(**{name: getattr(hit, name) for name in Pin.model_fields if name != "note"})


def position_of(content: CaseContent, passage_id: str) -> int | None:
    """Where a passage stands among the pins, from 0; None if it is not pinned."""
    found = (number for number, pin in enumerate(content.pins) if pin.passage_id == passage_id)
    return next(found, None)


def with_question(content: CaseContent, question: str) -> CaseContent:
    """The question at the end, once."""
    if question in content.questions:
        return content
    return content.model_copy(update={"questions": [*content.questions, question]})


def without_question(content: CaseContent, question: str) -> CaseContent:
    """All questions but this one."""
    return content.model_copy(update={"questions": [each for each in content.questions if each != question]})


def with_answer(content: CaseContent, answer: str) -> CaseContent:
    """The free answer text replaced."""
    return content.model_copy(update={"answer": answer})


def pinned(content: CaseContent, pin: Pin, position: int | None = None) -> CaseContent:
    """A passage put in at a position from 0, None: at the end; nothing changes if it is pinned already."""
    if position_of(content, pin.passage_id) is not None:
        return content
    place = len(content.pins) if position is None else position
    return _with_pins(content, [*content.pins[:place], pin, *content.pins[place:]])


def unpinned(content: CaseContent, passage_id: str) -> CaseContent:
    """A passage taken off."""
    return _with_pins(content, [pin for pin in content.pins if pin.passage_id != passage_id])


def moved(content: CaseContent, passage_id: str, steps: int) -> CaseContent:
    """A passage moved towards the end (steps > 0) or the beginning (< 0), not beyond either."""
    here = position_of(content, passage_id)
    if here is None:
        return content
    there = min(max(here + steps, 0), len(content.pins) - 1)
    return pinned(unpinned(content, passage_id), content.pins[here], there)


def with_note(content: CaseContent, passage_id: str, note: str) -> CaseContent:
    """The note on a passage replaced."""
    noted = [
        pin.model_copy(update={"note": note}) if pin.passage_id == passage_id else pin for pin in content.pins
    ]
    return _with_pins(content, noted)


def _with_pins(content: CaseContent, pins: Sequence[Pin]) -> CaseContent:
    return content.model_copy(update={"pins": [*pins]})


def case_lines(texts: Texts, cases: Sequence[CaseSummary]) -> dict[str, str]:
    """A line for each case by its id; those that would read alike are numbered."""
    lines: dict[str, str] = {}
    for case in cases:
        line, number = _case_line(texts, case), 1
        while line in lines.values():
            number += 1
            line = f"{_case_line(texts, case)} · {number}"
        lines[case.id] = line
    return lines


def _case_line(texts: Texts, case: CaseSummary) -> str:
    """`Wer zahlt den Bus? (26.11.2026, Fundstellen: 3)`."""
    title = case.title if case.questions else texts.office.untitled
    day = date_words(texts.language, case.changed.date())
    return texts.office.case_line.format(title=title, date=day, pins=case.pins)


def answer_sentence(pin: Pin) -> str:
    """The pin's answer sentence, the beginning of its text if none is marked."""
    return excerpt(pin).sentence.strip() or pin.text[:120]


def pin_card(number: int, pin: Pin, address: Address, files: str) -> str:
    """A pinned passage: number, answer sentence, where it stands and the way there."""
    texts, tongue = texts_in(address.language), escaped(pin.document.language)
    sentence = f'<span lang="{tongue}">{escaped(answer_sentence(pin))}</span>'
    source = f'<p class="quelle">{source_line(texts, pin)} {badge(texts, pin.document)}</p>'
    ways = link_row(hit_links(pin, address, files))
    return f'<article class="fundstelle"><h4>{number}. {sentence}</h4>{source}{ways}</article>'


def taken_off_line(texts: Texts, pin: Pin) -> str:
    """`Entfernt: …` with the answer sentence of the passage that was taken off."""
    quoted = in_language(texts, pin.document.language, escaped(answer_sentence(pin)))
    return f'<p role="status">{escaped(texts.office.taken_off).format(quoted=quoted)}</p>'


def findings_notice(texts: Texts, detail: str, findings: Sequence[Finding]) -> str:
    """Why a case was not released, with each thing that looks like personal data."""
    if not findings:
        return notice(texts, texts.office.not_released, told=detail)
    listed = "".join(f"<li>{said_by_api(texts, _finding(each))}</li>" for each in findings)
    advice = "" if confirmable(findings) else f"<p>{escaped(texts.office.findings_to_mend)}</p>"
    head = f"<p><b>{escaped(texts.office.findings)}</b></p>"
    return f'<div class="hinweis" role="alert">{head}<ul>{listed}</ul>{advice}</div>'


def confirmable(findings: Sequence[Finding]) -> bool:
    """Whether a person may say that all of it is something else."""
    return bool(findings) and all(each.confirmable for each in findings)


def _finding(finding: Finding) -> str:
    return f"{finding.name} ({finding.place}): »{finding.excerpt}«"
