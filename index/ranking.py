"""How the legs of a search become one order, inside Qdrant in both stores.

Two legs name candidates: the whole passage (dense) and its terms (BM25). All candidates are then
scored by whole passage and by best sentence (MaxSim over the sentence vectors), and one formula
joins the three:

    score = .6 * cos(question, passage) + .4 * cos(question, best sentence) + .003 * BM25

Not reciprocal ranks: they forget how much better the first is than the second, and on short
paraphrased questions the many chance matches of the lexical leg then push the right passage down.
The cosines of the encoder lie close together (.75 to .95), so one point of BM25, often 5 to 25
for a good match, has to weigh little.
"""

from __future__ import annotations

CANDIDATES = 100  # passages that each leg names; 50 to 200 differ by .002 of nDCG@10 on corpus/fragen.yaml
PASSAGE_WEIGHT = 0.6  # chosen on corpus/fragen.yaml, where .5 to .7 differ by a point of nDCG@10
SENTENCE_WEIGHT = 1 - PASSAGE_WEIGHT
TERMS_WEIGHT = 0.003  # chosen there too: 0 costs 3 points, .002 to .004 differ by half a point
