# make demo   run everything here, with only Python 3.11+     make test   run the whole test suite
# make stack  run as in production, on one machine            make lint   check style, types, imports, vulnerabilities
# make bench  measure the speed, as ratios                    make chaos  cause failures and check that nothing is lost
# make lock   pin the dependencies                            make art    paint the pictures again
# make screenshots  take the README's screenshots, from a running demo

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test stack lint bench chaos lock art screenshots

demo:
	@$(PYTHON) tools/bootstrap.py demo
	@exec $(BIN)/python -m tools.demo

test:
	@$(PYTHON) tools/bootstrap.py dev
	@exec $(BIN)/python -m tools.test

stack:
	@$(PYTHON) tools/bootstrap.py dev
	@exec $(BIN)/python -m tools.stack

bench:
	@$(PYTHON) tools/bootstrap.py dev
	@exec $(BIN)/python -m tools.bench

# To run one scenario at a tenth of its size:  make chaos ARGS="--only web-killed --scale 0.1"
chaos:
	@$(PYTHON) tools/bootstrap.py dev
	@exec $(BIN)/python -m tools.chaos $(ARGS)

lint:
	@$(PYTHON) tools/bootstrap.py dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --check --lint templates printora_sandbox/templates
	DEBUG=True $(BIN)/mypy
	$(BIN)/mypy --config-file printora_sandbox/mypy.ini
	$(BIN)/lint-imports
	DEBUG=True $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m printora_sandbox makemigrations --check --dry-run
	$(BIN)/python -m tools.audit

# uv resolves for all platforms at once. The lock files contain versions and hashes, but no index URLs.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
lock:
	@$(PYTHON) tools/bootstrap.py lock
	$(LOCK) pyproject.toml -o requirements/runtime.txt $(LOCKFLAGS)
	$(LOCK) pyproject.toml --group demo -c requirements/runtime.txt -o requirements/demo.txt $(LOCKFLAGS)
	$(LOCK) pyproject.toml --group dev -c requirements/demo.txt -o requirements/dev.txt $(LOCKFLAGS)
	$(LOCK) --group art -o requirements/art.txt $(LOCKFLAGS)
	$(LOCK) --group lock -o requirements/lock.txt $(LOCKFLAGS)

art:
	@$(PYTHON) tools/bootstrap.py art
	$(BIN)/python -m tools.paint

screenshots:
	@$(PYTHON) tools/bootstrap.py dev
	$(BIN)/python -m tools.screenshots
