"""How the legs of a search become one order, inside Qdrant in both stores.

Three legs name candidates or rescore them: the whole passage (dense), its best sentence (MaxSim
over the sentence vectors), its terms (BM25). Weighted reciprocal rank fusion joins them: a passage
scores the sum over legs of weight / (k + rank) (Cormack, Clarke and Büttcher, SIGIR 2009).
"""

from __future__ import annotations

CANDIDATES = 100  # passages that each leg hands on; more changed no order on corpus/fragen.yaml
RRF_K = 60  # the paper's value: agreement of two legs beats the lead of one
LEGS = ("passage", "sentences", "terms")
RRF_WEIGHTS = (1.0, 1.0, 0.3)  # terms weigh less: paraphrased questions share few words with answers
