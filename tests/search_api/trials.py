"""A small house with judged questions, and an examiner as `python -m search_api.trial` opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from index.embedded.collection import EmbeddedCollection
from index.judgements import FILE_NAME, read_judgements
from index.language_means import LanguageMeans
from search_api.kept_trials import KeptTrials
from search_api.tools import ThesaurusOf, Tools
from search_api.trial import FOLDER, Examiner, trial_key
from tests.search_api.house import CALIBRATION

if TYPE_CHECKING:
    from index.collection import Collection
    from index.encoder import QuestionEncoder
    from tests.search_api.house import House

BUS = "Wer bezahlt den Bus?"
BUS_SPAN = "Den Bus bezahlt der Verein."
GUESTS = "Wo schlafen die Gäste?"
GUESTS_SPAN = "Die Gäste schlafen in Familien."
GOLD = "Was kostet eine Unze Gold in Zürich?"


def furnish(house: House) -> None:
    """Write two sources and three judged questions, the last one without an answer."""
    house.write("handbuch/bus.md", f"# Reisen\n\n{BUS_SPAN} Nach der Reise erstattet die Stadt die Hälfte.\n")
    house.write("handbuch/betten.md", f"# Unterkunft\n\n{GUESTS_SPAN} Betten gibt es auch in der Herberge.\n")
    judge(
        house,
        (BUS, [("handbuch/bus.md", BUS_SPAN)]),
        (GUESTS, [("handbuch/betten.md", GUESTS_SPAN)]),
        (GOLD, []),
    )


def judge(house: House, *judged: tuple[str, list[tuple[str, str]]]) -> None:
    """Write fragen.yaml: questions with the source and span of each right passage."""
    entries = [
        {
            "question": question,
            "class": "frage" if spans else "ohne-antwort",
            "relevant": [{"source": source, "span": span} for source, span in spans],
        }
        for question, spans in judged
    ]
    house.write(FILE_NAME, yaml.safe_dump(entries, allow_unicode=True))


def examiner(
    house: House, encoder: QuestionEncoder | None = None, collection: Collection | None = None
) -> Examiner:
    """Return who asks the house's generations the questions that are judged now."""
    tools = Tools(encoder or house.encoder, LanguageMeans({}), ThesaurusOf(house.corpus), CALIBRATION)
    return Examiner(
        collection or EmbeddedCollection(house.index),
        read_judgements(house.corpus),
        tools,
        trial_key(house.corpus, tools),
        KeptTrials(house.data / FOLDER),
    )
