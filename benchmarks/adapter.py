"""`python -m benchmarks.adapter`: train the question adapter on `benchmarks/sets/training/`.

Only the question's side learns: passages keep the vectors of the plain model, so an index stays
valid and a step costs no more than encoding a few short questions. Each question has to find its
passage among all passages of all files by the score that the search uses: passage, best sentence
and terms together. The terms take part so that the encoder learns what they can't know.

The adapter is a low-rank update of the layers (Hu et al., "LoRA", arXiv:2106.09685); the loss is
the softmax over all passages (InfoNCE, van den Oord et al., arXiv:1807.03748) plus a pull towards
the plain model's own vector, which keeps what it knows. The judged sets are never trained on.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from benchmarks.low_rank import LowRank, save, with_low_rank
from benchmarks.record import show
from benchmarks.training_pairs import lexical_scores, read_pairs
from index.encoder import load_encoder
from index.language import HOME_LANGUAGE
from index.question_adapter import ADAPTER
from index.ranking import PASSAGE_WEIGHT, SENTENCE_WEIGHT
from index.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.training_pairs import TrainingPairs
    from index.encoder import SentenceEncoder

_EPOCHS = 1  # a second one changes the judged sets by less than a point, in both directions
_BATCH = 64  # questions in one step
_RATE = 1e-4  # the highest learning rate, reached after _WARM_UP steps
_WARM_UP = 10
_TEMPERATURE = 0.03  # cosines of this model lie close together; E5 was trained with .01
_PULL = 3.0  # weight of the distance (1 - cosine) from the plain model's vector
_TERMS_WEIGHT = 0.003  # of BM25 beside the cosines while training
_MOST_TOKENS = 64  # of a question
_SEED = 1
_STEPS_A_LINE = 20


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What does not learn, as tensors: P passages, S sentences (`owner`: their passage), Q questions."""

    passages: torch.Tensor  # (P, dimension)
    sentences: torch.Tensor  # (S, dimension)
    owner: torch.Tensor  # (S,)
    terms: torch.Tensor  # (Q, P), BM25, 0 for questions in other languages
    plain: torch.Tensor  # (Q, dimension), the questions by the plain model
    answers: torch.Tensor  # (Q,)


def main() -> int:
    """Train and write the adapter."""
    torch.manual_seed(_SEED)
    encoder = load_encoder(None, read_settings(os.environ).data / "models")
    pairs = read_pairs()
    frozen = _freeze(pairs, encoder)
    model = encoder.transformer()
    learning = with_low_rank(model)
    _train(_Questions(model, encoder, [each.text for each in pairs.questions]), frozen, learning)
    digest = save(learning)
    return show([f"geschrieben: {ADAPTER} (sha256 {digest})"])


def _freeze(pairs: TrainingPairs, encoder: SentenceEncoder) -> _Frozen:
    texts = [f"{each.headline}\n{each.text}" for each in pairs.passages]
    sentences = [text for each in pairs.passages for text in each.sentence_texts]
    owner = np.repeat(np.arange(len(texts)), [len(each.sentences) for each in pairs.passages])
    asked = [each.text for each in pairs.questions]
    terms = lexical_scores(asked, pairs.passages)
    terms[[each.language != HOME_LANGUAGE for each in pairs.questions]] = 0
    return _Frozen(
        torch.from_numpy(encoder.encode_passages(texts)),
        torch.from_numpy(encoder.encode_passages(sentences)),
        torch.from_numpy(owner),
        torch.from_numpy(terms),
        torch.from_numpy(encoder.encode_queries(asked)),
        torch.tensor([each.answer for each in pairs.questions]),
    )


class _Questions:
    """The questions' side while it learns."""

    def __init__(self, model: nn.Module, encoder: SentenceEncoder, texts: Sequence[str]) -> None:
        self._model = model
        self._tokens = encoder.question_tokens(texts, _MOST_TOKENS)

    def batches(self) -> Iterator[torch.Tensor]:
        """Yield all questions' numbers in random batches of like length."""
        order = torch.randperm(len(self._tokens)).tolist()
        order.sort(key=lambda number: len(self._tokens[number]) // 4)
        batches = [torch.tensor(order[at : at + _BATCH]) for at in range(0, len(order), _BATCH)]
        yield from (batches[number] for number in torch.randperm(len(batches)).tolist())

    def encode(self, numbers: torch.Tensor) -> torch.Tensor:
        """Return the vectors of these questions, mean over their tokens, length 1."""
        rows = [torch.tensor(self._tokens[number]) for number in numbers.tolist()]
        ids = nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=1)
        mask = nn.utils.rnn.pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True)
        hidden = self._model(input_ids=ids, attention_mask=mask).last_hidden_state
        summed = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(summed, dim=-1)


def _train(questions: _Questions, frozen: _Frozen, learning: Sequence[LowRank]) -> None:
    parameters = [weight for layer in learning for weight in (layer.down, layer.up)]
    optimiser = torch.optim.AdamW(parameters, lr=_RATE, weight_decay=0.01)
    steps = _EPOCHS * -(-len(frozen.answers) // _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / _WARM_UP) * (1 - 0.9 * step / steps)
    )
    began, step = time.monotonic(), 0
    for _ in range(_EPOCHS):
        for numbers in questions.batches():
            loss = _loss(questions.encode(numbers), numbers, frozen)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # the library has no types here
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % _STEPS_A_LINE == 0:
                show([f"{step}/{steps}: loss {loss.item():.3f}, {time.monotonic() - began:.0f} s"])


def _loss(vectors: torch.Tensor, numbers: torch.Tensor, frozen: _Frozen) -> torch.Tensor:
    sentences = vectors @ frozen.sentences.T
    best = torch.full((len(numbers), len(frozen.passages)), -1.0).scatter_reduce(
        1, frozen.owner.expand(len(numbers), -1), sentences, "amax"
    )
    scores = PASSAGE_WEIGHT * (vectors @ frozen.passages.T) + SENTENCE_WEIGHT * best
    scores = scores + _TERMS_WEIGHT * frozen.terms[numbers]
    finding = functional.cross_entropy(scores / _TEMPERATURE, frozen.answers[numbers])
    moved = 1 - (vectors * frozen.plain[numbers]).sum(1).mean()
    return finding + _PULL * moved


if __name__ == "__main__":
    sys.exit(main())
