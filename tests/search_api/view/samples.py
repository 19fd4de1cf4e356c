"""Answers of the API to build tests from; every word is invented."""

from datetime import date

from search_api.schemas import (
    CatalogueEntry,
    Criterion,
    CriterionName,
    Document,
    DocumentDetail,
    DocumentList,
    Examples,
    ExampleTopic,
    Funding,
    Heading,
    Highlight,
    Hit,
    Location,
    Page,
    Passage,
    Question,
    Reason,
    SearchResponse,
    Time,
    Verdict,
)

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">[x](javascript:alert(3)) **fett**'

DOCUMENT = Document(
    id="7d1f",
    source="handbuch/fahrten.pdf",
    title="Versicherung bei Fahrten",
    kind="handbuch",
    language="de",
    year=2026,
    topics=["versicherung"],
    countries=["fr"],
    audiences=["verein"],
    url="https://example.org/fahrten",
    video_url=None,
    recorded_on=None,
    valid_from=None,
    valid_until=None,
    last_checked=date(2026, 11, 22),
    licence="CC BY 4.0",
    funding=None,
    expired=False,
)
EXPIRED = DOCUMENT.model_copy(update={"expired": True, "valid_until": date(2025, 12, 31)})
RECORDING = DOCUMENT.model_copy(
    update={"id": "rec", "kind": "transkripte", "title": "Fahrten planen", "recorded_on": date(2026, 5, 3)}
)
GRANT = DOCUMENT.model_copy(
    update={
        "kind": "foerderung",
        "title": "Kleiner Fonds",
        "funding": Funding(
            funder="Stiftung Brücke",
            applicants=["Vereine", "Kommunen"],
            amount_min=500,
            amount_max=50745,
            funding_rate=0.8,
            prefinancing=True,
            deadline="2027-02-01",
        ),
    }
)

PAGE = Page(page=4, label=None)
TIME = Time(start=754.6, end=790, url=None)
HEADING = Heading(anchor="haftung")
QUESTION = Question(question="Wer haftet?")

BEFORE = "Vor jeder Reise steht die Planung. "
SENTENCE = "Der Verein braucht für Fahrten eine eigene Haftpflicht."
AFTER = " Fragen Sie Ihre Versicherung."


def hit(
    document: Document = DOCUMENT,
    location: Location = PAGE,
    *,
    text: str = BEFORE + SENTENCE + AFTER,
    sentence: str = SENTENCE,
    rank: int = 1,
    heading: tuple[str, ...] = ("Versicherungen", "Fahrten"),
) -> Hit:
    start = text.index(sentence)
    return Hit(
        passage_id=f"p{rank}",
        text=text,
        heading=list(heading),
        location=location,
        rank=rank,
        score=0.9,
        highlight=Highlight(start=start, end=start + len(sentence)),
        document=document,
    )


def answer(
    *hits: Hit, verdict: Verdict = "answered", facets: dict[str, dict[str, int]] | None = None
) -> SearchResponse:
    return SearchResponse(
        query="Wer haftet?",
        language="de",
        verdict=verdict,
        confidence=0.9,
        took_ms=4.2,
        hits=list(hits),
        facets=facets or {},
    )


def passage(number: int, location: Location = HEADING, heading: tuple[str, ...] = ("Haftung",)) -> Passage:
    return Passage(
        passage_id=f"p{number}", text=f"Absatz Nummer {number}.", heading=list(heading), location=location
    )


def detail(*passages: Passage, document: Document = DOCUMENT) -> DocumentDetail:
    return DocumentDetail(document=document, passages=list(passages))


def catalogue(*documents: Document) -> DocumentList:
    entries = [CatalogueEntry(**document.model_dump(), passages=3) for document in documents]
    return DocumentList(generation="g1", documents=entries)


def examples(**questions: list[str]) -> Examples:
    """Example questions by topic."""
    topics = [ExampleTopic(topic=topic, questions=asked) for topic, asked in questions.items()]
    return Examples(questions=[each for asked in questions.values() for each in asked], topics=topics)


def criterion(name: CriterionName, fits: bool | None, reason: Reason) -> Criterion:
    """A condition; its sentence is one that no page should show, for each says the reason in its words."""
    return Criterion(name=name, fits=fits, sentence=f"Satz der API: {reason.rule}.", reason=reason)


REASONS = (
    criterion("applicant", None, Reason(rule="applicant_open", applicant="verein")),
    criterion("applicant", False, Reason(rule="applicant_other", applicant="kommune", named=["Vereine"])),
    criterion("applicant", None, Reason(rule="applicant_partly", applicant="schule")),
    criterion(
        "applicant", True, Reason(rule="applicant_named", applicant="informell", named=["Initiativen"])
    ),
    criterion("country", None, Reason(rule="country_open", country="pl")),
    criterion("country", False, Reason(rule="country_other", country="pl")),
    criterion("country", True, Reason(rule="country_named", country="fr")),
    criterion("purpose", None, Reason(rule="purpose_open", purpose="begegnung")),
    criterion("purpose", False, Reason(rule="purpose_other", purpose="hilfe")),
    criterion("purpose", True, Reason(rule="purpose_meant", purpose="schule")),
    criterion("people", None, Reason(rule="people_told")),
    criterion("amount", False, Reason(rule="amount_below", amount=10000)),
    criterion("amount", None, Reason(rule="amount_open")),
    criterion("amount", None, Reason(rule="amount_above", amount=5000)),
    criterion("amount", True, Reason(rule="amount_within", amount=1500.5)),
    criterion("advance", None, Reason(rule="advance_open")),
    criterion("advance", False, Reason(rule="advance_never")),
    criterion("advance", True, Reason(rule="advance_partly")),
)
