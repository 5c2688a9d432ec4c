# Everything a person types. Each target makes its own environment on a fresh machine with Python 3.11.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DB ?= demo.db
PORT ?= 8001
SERVE ?= yes
PRESS_DATA ?= ../shared
# Tests at once; each file's tests stay together.
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help install demo test check gate bench bench-pages clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed ## Make the virtual environment and install everything

$(VENV)/.installed: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Error: $(PYTHON) is missing: install Python 3.11 or newer, or name one with PYTHON=python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: install ## Read the sample press pack and serve it on 127.0.0.1:8001 (SERVE=no to stop after the summary)
	@$(BIN)/tracker demo --db $(DB)
	@if [ "$(SERVE)" != "no" ]; then $(BIN)/tracker serve --open --db $(DB) --port $(PORT); fi

test: install ## Run the tests
	PRESS_DATA='$(PRESS_DATA)' $(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile

check: install ## Lint and type-check
	$(BIN)/ruff check .
	$(BIN)/mypy

gate: install ## Fail where a measured score falls below its floor (skips without PRESS_DATA)
	$(BIN)/python tests/quality/gate.py --data '$(PRESS_DATA)'

bench: install ## Measure what is read against the benchmarks in PRESS_DATA
	$(BIN)/python -m benchmarks.newsquant --data '$(PRESS_DATA)/bench/newsquant'
	$(BIN)/python -m benchmarks.recognizers --data '$(PRESS_DATA)/bench/recognizers_text_specs_en'
	$(BIN)/python -m benchmarks.polnear --data '$(PRESS_DATA)/bench/polnear/dev.jsonl'
	$(BIN)/python -m benchmarks.checkworthy --data '$(PRESS_DATA)/bench/checkthat24_english_claimbuster'
	$(BIN)/python -m benchmarks.dumps --data '$(PRESS_DATA)/bench'
	$(BIN)/python -m benchmarks.articles --data '$(PRESS_DATA)/bench'
	$(BIN)/python -m benchmarks.drift --data '$(PRESS_DATA)/bench'
	$(BIN)/python -m benchmarks.hostile --data '$(PRESS_DATA)'
	$(BIN)/python -m benchmarks.corpora --data '$(PRESS_DATA)'
	$(BIN)/python -m benchmarks.throughput --data '$(PRESS_DATA)/bench/zyte_article_extraction/html'

bench-pages: install ## Measure the pages on 100,000 generated claims, also while 500 documents come in
	$(BIN)/python -m benchmarks.pages --claims 100000 --while-adding 500

clean: ## Remove the environment and what tests leave
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
