"""What goes over the wire: the contract of the search API as pydantic models."""

from search_api.schemas.answers import (
    ANSWER_EXAMPLE,
    Correction,
    Expansion,
    Explanation,
    Highlight,
    Hit,
    HitExplanation,
    MatchedTerm,
    NewerVersion,
    Place,
    SearchResponse,
    Verdict,
)
from search_api.schemas.documents import (
    CatalogueEntry,
    Document,
    DocumentDetail,
    DocumentList,
    Funding,
    Heading,
    KindName,
    Location,
    Page,
    Passage,
    Question,
    Time,
)
from search_api.schemas.requests import (
    MAX_HITS,
    SearchQuery,
)
from search_api.schemas.service import (
    Examples,
    Health,
    Problem,
)
from search_api.schemas.sources import (
    GradeName,
    SourceHealth,
    SourcesHealth,
)

__all__ = [
    "ANSWER_EXAMPLE",
    "MAX_HITS",
    "CatalogueEntry",
    "Correction",
    "Document",
    "DocumentDetail",
    "DocumentList",
    "Examples",
    "Expansion",
    "Explanation",
    "Funding",
    "GradeName",
    "Heading",
    "Health",
    "Highlight",
    "Hit",
    "HitExplanation",
    "KindName",
    "Location",
    "MatchedTerm",
    "NewerVersion",
    "Page",
    "Passage",
    "Place",
    "Problem",
    "Question",
    "SearchQuery",
    "SearchResponse",
    "SourceHealth",
    "SourcesHealth",
    "Time",
    "Verdict",
]
