"""`python -m benchmarks.calibrate`: fit the verdict to the encoder in use and write it down.

Learns from the questions of `corpus/fragen.yaml` and of the judged sets and from sixteen halved
training files (`benchmarks/halves.py`). Unanswerable are those that are judged so, most of them near the
topic, the questions of one set asked of another (off topic), and what a halved file does not answer.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.halves import halves
from benchmarks.opened import JUDGED, bundled_set, open_tools, published_set
from benchmarks.record import show, write
from index.collection import Filters
from index.encoder import encoder_name, load_encoder
from index.errors import KnowledgeBaseError
from index.settings import read_settings
from search_api.search import Wish, ask
from search_api.verdict import CALIBRATION, Calibration, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from sklearn.pipeline import Pipeline

    from benchmarks.halves import Half
    from search_api.evaluation import JudgedSet
    from search_api.served import Served
    from search_api.tools import Tools

_FOLDS = 10
_NONE_PRECISION = 0.85  # of "none" across folds, over the corpus' judged questions
_ANSWERED_PRECISION = 0.93  # of the verdict "answered", likewise; four of five are answerable
_SEED = 1
_FAR = 24  # of the questions of another half every so many are asked: 70, beside 200 near ones
_HOME = 3.0  # how much more the corpus' own questions weigh than those of another set
_HALF = 0.25  # and how much less those of a halved file: there are sixteen
_JUDGED, _OFF_TOPIC, _HALVED = "judged", "off topic", "halved"


@dataclass(frozen=True, slots=True)
class Case:
    """A question's signal; `answerable` is the truth, `origin` says where the truth comes from."""

    signal: Signal
    answerable: bool
    origin: str
    collection: str


def main() -> int:
    """Fit, print, write `search_api/calibration.json` and `benchmarks/results/calibrate.json`."""
    settings = read_settings(os.environ)
    try:
        encoder = load_encoder(settings.model, settings.data / "models")
        sets = [published_set(settings), *(bundled_set(name, settings, encoder) for name in JUDGED)]
        halved = list(halves(settings, encoder))
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    tools = open_tools(settings)
    found = [case for judged in sets for case in cases(judged, sets, tools)]
    found += [case for half in halved for case in half_cases(half, halved, tools)]
    calibration, measured = fit(found, encoder_name(tools.encoder))
    CALIBRATION.write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    path = write("calibrate", measured)
    return show([json.dumps(measured, indent=1), f"geschrieben: {CALIBRATION} und {path}"])


def cases(judged: JudgedSet, sets: Sequence[JudgedSet], tools: Tools) -> Iterator[Case]:
    """Yield all cases of one collection."""
    for judgement in judged.judgements:
        signal = signal_of(judgement.question, judged.served, tools)
        yield Case(signal, bool(judgement.relevant), _JUDGED, judged.name)
    for number, other in enumerate(sets):
        if other is not judged:
            for judgement in other.judgements[number::8]:  # an eighth: off topic is the easy case
                signal = signal_of(judgement.question, judged.served, tools)
                yield Case(signal, False, _OFF_TOPIC, judged.name)


def half_cases(half: Half, halved: Sequence[Half], tools: Tools) -> Iterator[Case]:
    """Yield all cases of a halved file: its own, and some that are another's topic."""
    strange = [question for other in halved if other is not half for question in other.answered[::_FAR]]
    for answerable, questions in ((True, half.answered), (False, (*half.unanswered, *strange))):
        for question in questions:
            yield Case(signal_of(question, half.served, tools), answerable, _HALVED, half.name)


def signal_of(question: str, served: Served, tools: Tools) -> Signal:
    """Return the features of what a question finds."""
    filters = Filters(valid_on=date.today())  # noqa: DTZ011 - the day the API would see
    return ask(Wish(question, filters, 10), served, tools).signal


def fit(found: Sequence[Case], encoder: str) -> tuple[Calibration, dict[str, object]]:
    """Return the calibration and what it is worth on questions that it was not fitted to."""
    names = [field.name for field in fields(Signal)]
    x = np.array([[getattr(case.signal, name) for name in names] for case in found])
    y = np.array([case.answerable for case in found])
    weight = _weights(found)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    params = {"logisticregression__sample_weight": weight}
    p = cross_val_predict(_model(), x, y, cv=folds, method="predict_proba", params=params)[:, 1]
    here = np.array([case.collection == found[0].collection and case.origin == _JUDGED for case in found])
    partial, answered = _thresholds(p[here], y[here])
    model = _model().fit(x, y, **params)
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    rounded = {name: round(float(value), 4) for name, value in zip(names, weights, strict=True)}
    calibration = Calibration(encoder, round(intercept, 4), rounded, round(answered, 3), round(partial, 3))
    return calibration, _measured(found, p, y, partial, answered)


def _model() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=1_000))


def _weights(found: Sequence[Case]) -> NDArray[np.float64]:
    """Let answerable and unanswerable questions of a collection weigh the same, the corpus' own more."""
    keys = [(case.collection, case.answerable) for case in found]
    counts = {key: keys.count(key) for key in set(keys)}
    worth = {case.collection: _HALF if case.origin == _HALVED else 1.0 for case in found}
    worth[found[0].collection] = _HOME
    weights = [worth[collection] / counts[collection, answerable] for collection, answerable in keys]
    return np.array(weights) * len(found) / sum(weights)


def _thresholds(p: NDArray[np.float64], y: NDArray[np.bool_]) -> tuple[float, float]:
    """Return from which probability on the verdict is partial, and from which answered."""
    candidates = np.unique(np.round(p, 3))
    none = [t for t in candidates if (p < t).any() and (~y[p < t]).mean() >= _NONE_PRECISION]
    answered = [t for t in candidates if (p >= t).any() and y[p >= t].mean() >= _ANSWERED_PRECISION]
    partial = float(max(none, default=0.0))
    return partial, max(partial, float(min(answered, default=1.0)))


def _measured(
    found: Sequence[Case], p: NDArray[np.float64], y: NDArray[np.bool_], partial: float, answered: float
) -> dict[str, object]:
    measured: dict[str, object] = {"cases": len(found), "folds": _FOLDS}
    for name in dict.fromkeys(case.collection for case in found if case.origin != _HALVED):
        for origin in (_JUDGED, _OFF_TOPIC):
            mask = np.array([c.collection == name and (c.answerable or c.origin == origin) for c in found])
            if y[mask].all():
                continue
            none, sure = p[mask] < partial, p[mask] >= answered
            measured[f"{name}, {origin}"] = {
                "auroc": round(float(roc_auc_score(y[mask], p[mask])), 3),
                "none_precision": round(float((~y[mask][none]).mean()), 3) if none.any() else None,
                "none_recall": round(float(none[~y[mask]].mean()), 3),
                "answered_precision": round(float(y[mask][sure].mean()), 3) if sure.any() else None,
                "answered_recall": round(float(sure[y[mask]].mean()), 3),
            }
    return measured


if __name__ == "__main__":
    sys.exit(main())
