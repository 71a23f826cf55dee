# make demo   the round trip on the samples, in a virtual environment of its own
# make bench  what everything takes beside unzipping and beside scripts of one's own; COUNT=200 for less
# make test   everything that must hold: style, types, tests, the wheel
# make exhaustive   the tests with all of what `make test` goes through in part, and how much of the code they run: before a release
# make page   the toolkit as one page for a browser, dist/年报工具.html

PYTHON ?= python3
BIN    := .venv/bin
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
BROWSER := chromium chromium-driver
OFFICE := libreoffice-calc libreoffice-writer fonts-noto-cjk poppler-utils

.PHONY: demo test style types tests exhaustive wheel page bundle browser office pictures catalogue fuzz bench clean

demo: .venv/installed
	$(BIN)/xls demo demo --force

test: style types tests wheel

style: .venv/developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/developing
	$(BIN)/mypy

# Bytecode is kept whatever the environment says: the tests start hundreds of programs.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

tests: .venv/developing office browser
	$(PYTEST)

# Tracing which lines run takes as long again as running them.
exhaustive: .venv/developing office browser
	$(PYTEST) --exhaustive --cov --cov-report=term

# From an installed wheel, in an empty directory: nothing of the checkout may be needed.
wheel: .venv/developing
	@set -e; away=$$(mktemp -d); trap 'rm -rf "$$away"' EXIT; \
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir "$$away/dist" .; \
	$(PYTHON) -m venv "$$away/venv"; \
	"$$away/venv/bin/pip" install --quiet "$$away"/dist/*.whl; \
	mkdir "$$away/empty"; cd "$$away/empty"; \
	"$$away/venv/bin/xls" editions; \
	"$$away/venv/bin/xls" new 2021 -o x.xlsx; \
	test -s x.xlsx; \
	echo "the wheel works in an empty directory"

# dist/年报工具.html: the toolkit as one file that opens in a browser, see docs/page.md. Needs npm and node.
page: .venv/developing
	$(BIN)/python scripts/page_build.py dist

# dist/bundle: wheels for Windows and Linux with Python 3.11 to 3.14, to be installed without a network; with the page.
bundle: page
	$(BIN)/python scripts/bundle.py dist/bundle

# The page is opened in a real browser; where that or what the page is made of cannot be had those tests are skipped and
# say so. Nothing is fetched while tests run.
browser: .venv/developing
	@command -v chromedriver >/dev/null || ! command -v apt-get >/dev/null || \
	{ $(AS_ROOT) apt-get update -qq && \
	  $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(BROWSER); } || true
	@$(BIN)/python scripts/page_build.py --fetch dist || echo "left out: the page, since what it is made of cannot be had"

# The tests open and save workbooks with a second program; where it cannot be installed they fail and say so.
office:
	@command -v soffice >/dev/null || ! command -v apt-get >/dev/null || \
	{ $(AS_ROOT) apt-get update -qq && \
	  $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(OFFICE); }

# Damages good filings by chance and says what came of it; SECONDS=3600 for an hour.
fuzz: .venv/developing
	$(BIN)/python scripts/fuzz.py $(or $(SECONDS),60)

bench: .venv/developing
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m benchmarks.run --count $(or $(COUNT),1000) --json bench.json

# Sheets through LibreOffice and screens through Rich, for docs/; look at them before they are committed.
pictures: .venv/developing office
	$(BIN)/python scripts/pictures.py

# Collects the sentences of the code into the catalogue; what is left to translate is listed.
catalogue: .venv/developing
	$(BIN)/python scripts/catalogue.py

clean:
	rm -rf .venv dist demo .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip  # the pip of Python 3.11 does not know dependency groups

.venv/installed: .venv/bin/python pyproject.toml hatch_build.py toolkit/ground/locale/zh/LC_MESSAGES/messages.po \
		$(wildcard templates/xlsx/*.toml)
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/developing: .venv/installed
	$(BIN)/pip install --quiet --editable . --group dev
	@touch $@
