# Two commands: `make demo` opens the dashboard, `make test` runs every check. Both install what they need into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests with servers and clusters of their own, one after another: they wait for what others would slow down.
ALONE := tests/scale tests/serve

.PHONY: demo test setup clean

demo: setup
	$(BIN)/idcard demo

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(ALONE:%=--ignore %)
	$(BIN)/pytest $(ALONE)

setup: $(VENV)/.installed

# The last line: three distributions own the folder cv2; the headless one needs no graphics libraries of the system.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable . --group dev
	$(BIN)/python -m pip install --quiet --force-reinstall --no-deps --constraint constraints.txt opencv-python-headless
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache
