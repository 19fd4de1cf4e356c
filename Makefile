# Two commands for strangers: `make start` and `make test`. Everything else is for us.
PYTHON ?= python3
# On Linux, PyPI's torch brings gigabytes of GPU libraries. `make start TORCH_INDEX=<address>` takes
# the small CPU build from an index of CPU wheels; the README names one.
TORCH_INDEX ?=
export TORCH_INDEX

VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: start test install install-dev lint types tests format lock materials quality speed clean

start: install  ## set everything up, ingest the corpus, serve API and page until Ctrl-C
	@$(RUN) .make/start.py

test: install-dev lint types tests  ## everything that CI checks

install:
	@$(PYTHON) .make/install.py

install-dev:
	@$(PYTHON) .make/install.py --dev

lint:
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

types:
	$(RUN) -m mypy

tests:  ## two at a time, a file's tests together; torch in one thread each, or they get in each other's way
	OMP_NUM_THREADS=1 $(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

format:
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

lock:  ## write constraints.txt anew from the newest releases that fit pyproject.toml
	@$(PYTHON) .make/install.py --lock

materials:  ## make the corpus' PDF and office files from their text sources
	$(RUN) -m tests.materials

quality:
	$(RUN) -m benchmarks.quality

speed:
	$(RUN) -m benchmarks.speed --passages 5000

clean:
	rm -rf $(VENV) var
