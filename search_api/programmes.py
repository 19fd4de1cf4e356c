"""Which funding programmes fit a plan, from the fields of their sheets alone.

What a sheet does not say stays open: it is never counted as a yes or a no.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from search_api.schemas import Criterion
from search_api.view.locales import country_name, euros
from search_api.view.texts import API_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.passage import Funding, Metadata
    from search_api.schemas import ApplicantName, FitName, ProgrammeQuery, PurposeName

_APPLICANTS: Final[dict[ApplicantName, re.Pattern[str]]] = {  # whole words, the heads of compounds
    "verein": re.compile(
        r"\b(?!schul)\w*(?:vereine?n?|komitees?|verbände|organisation(?:en)?|träger)\b|\bjuristische"
    ),
    "kommune": re.compile(
        r"\b(?:stadt|städte|gemeinden?|kommunen?|(?:land)?kreise?|gebietskörperschaft(?:en)?"
        r"|(?:stadt|gemeinde|kommunal)verwaltung(?:en)?)\b"
    ),
    "schule": re.compile(r"\b(?!\w*hochschul)\w*schulen?\b"),
    "informell": re.compile(
        r"\binformelle|\b(?:\w*initiativen?|privatpersonen|einzelpersonen|jugendgruppen)\b"
    ),
}
_BESIDES: Final = re.compile(r" (?:für|mit|ohne|in|ab|von|der|des|aus) ")  # behind it stands no applicant
_APPLICANT_WORDS: Final[dict[ApplicantName, str]] = {
    "verein": "Vereine",
    "kommune": "Kommunen",
    "schule": "Schulen",
    "informell": "Gruppen ohne Verein",
}
_PARTLY: Final = re.compile(r"\((?:nur|zum Teil)")  # "Vereine (nur bei einem Teil der Programme)"
_TOPICS: Final[dict[PurposeName, frozenset[str]]] = {
    "begegnung": frozenset({"bürgerbegegnung", "netzwerk"}),
    "jugend": frozenset({"jugendaustausch"}),
    "schule": frozenset({"schüleraustausch"}),
    "kultur": frozenset({"kultur"}),
    "hilfe": frozenset({"hilfsgüter", "ukraine", "globaler süden"}),
    "ehrenamt": frozenset({"ehrenamt"}),
}
_NO_PURPOSE: Final = frozenset({"förderung", "europa", "kleinprojekte", "vorfinanzierung"})  # topics of any
_PURPOSE_WORDS: Final[dict[PurposeName, str]] = {
    "begegnung": "Treffen und Fahrten von Erwachsenen",
    "jugend": "Begegnungen von Jugendlichen",
    "schule": "Schüleraustausch",
    "kultur": "Kulturprojekte",
    "hilfe": "Hilfe für Partner in der Ukraine oder im Globalen Süden",
    "ehrenamt": "die Arbeit im Verein",
}


_TOLD_ONLY: Final = frozenset({"people"})  # no field of a sheet: it must not make every programme doubtful


def criteria(metadata: Metadata, funding: Funding, wanted: ProgrammeQuery) -> list[Criterion]:
    """Return each condition of the plan with whether the programme fulfils it."""
    return [*_who_and_where(metadata, funding, wanted), *_what(metadata, wanted), *_money(funding, wanted)]


def fit_of(found: Sequence[Criterion]) -> FitName:
    """Return `no` if a condition fails, `unsure` if one or all are open, else `yes`."""
    answers = [each.fits for each in found if each.name not in _TOLD_ONLY]
    if False in answers:
        return "no"
    nothing_judged = bool(found) and not answers
    return "unsure" if None in answers or nothing_judged else "yes"


def _who_and_where(metadata: Metadata, funding: Funding, wanted: ProgrammeQuery) -> Iterator[Criterion]:
    if wanted.applicant is not None:
        yield _applicant(funding, wanted.applicant)
    if wanted.country is not None:
        code, name = wanted.country.lower(), country_name(API_LANGUAGE, wanted.country)
        if not metadata.countries:
            yield Criterion(name="country", fits=None, sentence="Das Blatt nennt kein Land.")
        elif code in metadata.countries:
            yield Criterion(name="country", fits=True, sentence=f"Gilt für Partner in: {name}.")
        else:
            yield Criterion(
                name="country", fits=False, sentence=f"Das Blatt nennt dieses Land nicht: {name}."
            )


def _applicant(funding: Funding, wanted: ApplicantName) -> Criterion:
    who = _APPLICANT_WORDS[wanted]
    named = [each for each in funding.applicants if _APPLICANTS[wanted].search(_head(each))]
    if not funding.applicants:
        return Criterion(name="applicant", fits=None, sentence="Wer beantragen kann, sagt das Blatt nicht.")
    if not named:
        listed = ", ".join(funding.applicants)
        return Criterion(
            name="applicant", fits=False, sentence=f"{who} sind nicht genannt. Genannt: {listed}."
        )
    if all(_PARTLY.search(each) for each in named):
        return Criterion(name="applicant", fits=None, sentence=f"{who} können nur einen Teil beantragen.")
    return Criterion(name="applicant", fits=True, sentence=f"{who} können beantragen: {', '.join(named)}.")


def _head(applicant: str) -> str:
    return _BESIDES.split(applicant.lower())[0]


def _what(metadata: Metadata, wanted: ProgrammeQuery) -> Iterator[Criterion]:
    if wanted.purpose is not None:
        yield _purpose(metadata, wanted.purpose)
    if wanted.people is not None:
        yield Criterion(name="people", fits=None, sentence="Wie viele Menschen nötig sind, steht im Blatt.")


def _purpose(metadata: Metadata, wanted: PurposeName) -> Criterion:
    what, topics = _PURPOSE_WORDS[wanted], {*metadata.topics} - _NO_PURPOSE
    if not topics:
        return Criterion(name="purpose", fits=None, sentence="Wofür das Geld ist, sagen die Themen nicht.")
    if _TOPICS[wanted].isdisjoint(topics):
        return Criterion(name="purpose", fits=False, sentence=f"Ist nicht für {what} gedacht.")
    return Criterion(name="purpose", fits=True, sentence=f"Fördert {what}.")


def _money(funding: Funding, wanted: ProgrammeQuery) -> Iterator[Criterion]:
    if wanted.amount is not None:
        yield _amount(funding, wanted.amount)
    if wanted.advance:
        sentence = {
            True: "Ein Teil des Geldes kann vor dem Ende kommen.",
            False: "Das Geld kommt erst nach der Abrechnung.",
            None: "Ob Geld vorher kommt, konnten wir nicht belegen.",
        }[funding.prefinancing]
        yield Criterion(name="advance", fits=funding.prefinancing, sentence=sentence)


def _amount(funding: Funding, wanted: float) -> Criterion:
    least, most = funding.amount_min, funding.amount_max
    if least is not None and wanted < least:
        return Criterion(name="amount", fits=False, sentence=f"Geld gibt es erst ab {_euros(least)}.")
    if most is None:
        return Criterion(name="amount", fits=None, sentence="Einen Höchstbetrag nennt das Blatt nicht.")
    if wanted > most:
        sentence = f"Höchstens {_euros(most)}; den Rest müssen Sie anders decken."
        return Criterion(name="amount", fits=None, sentence=sentence)
    return Criterion(name="amount", fits=True, sentence=f"Bis zu {_euros(most)} sind möglich.")


def _euros(amount: float) -> str:
    return euros(API_LANGUAGE, amount)
