"""`python -m tests.search_api.asking HOUSE PROCESSES`: the trial of what a test's house has published."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from index.trial import to_line
from search_api.kept_vectors import KeptVectors, LateEncoder
from search_api.trial import FOLDER
from tests.fake_encoder import WordEncoder
from tests.search_api.house import House
from tests.search_api.trials import examiner

if __name__ == "__main__":
    folder, processes = Path(sys.argv[1]), int(sys.argv[2])
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    plain = WordEncoder()
    vectors = KeptVectors(LateEncoder(plain.stamp, plain.questions_revision, WordEncoder), folder / FOLDER)
    asking = replace(examiner(House(folder), vectors), processes=processes)
    (trial,) = asking.examine(asking.collection.published() or "")
    vectors.keep()
    sys.stdout.write(to_line(trial))
