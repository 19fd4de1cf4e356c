"""How the legs of a search become one order, inside Qdrant in both stores.

Two legs name candidates: the whole passage (dense) and its terms (BM25). All candidates are then
scored by whole passage and by best sentence (MaxSim over the sentence vectors), and one formula
joins the three:

    score = (cos(question, passage) + cos(question, best sentence)) / 2 + TERMS_WEIGHT * BM25

Not reciprocal ranks: they forget how much better the first is than the second, and on short
paraphrased questions the many chance matches of the lexical leg then push the right passage down.
The cosines of the encoder lie close together (.75 to .95), so one point of BM25, often 5 to 25
for a good match, has to weigh little.
"""

from __future__ import annotations

CANDIDATES = 100  # passages that each leg names; more changed no order on corpus/fragen.yaml
PASSAGE_WEIGHT = 0.5
SENTENCE_WEIGHT = 0.5
TERMS_WEIGHT = 0.0015  # chosen on corpus/fragen.yaml, where .0005 to .003 differ by a point at most
