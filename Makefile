# Tocsin's commands for those who build it. `make help` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup build demo test unit rules allocations conformance lint fuzz bench clean

# Two compiler processes: what a small machine has room for. A module takes up to 1 GB.
JOBS ?= 2
SWIFT_BUILD = swift build -j $(JOBS)
RELEASE = .build/release
DEBUG = .build/debug
# The specification's conformance tests, where they lie beside the project.
CEL_CASES ?= ../shared/cel

# A crash in a test ends it at once; the backtracer would wait for a terminal.
export SWIFT_BACKTRACE = enable=no

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the Debian packages needed, where they are missing
	@scripts/setup

build: setup ## Build the program: .build/release/tocsin
	$(SWIFT_BUILD) -c release --product tocsin

demo: build ## Play a simulated city for a minute and a half; STAY=1 keeps it running
	@$(RELEASE)/tocsin demo $(if $(STAY),--stay)

# Everything is tested in one configuration: debug with the hot modules optimized (Package.swift).
test: setup unit rules allocations conformance ## Build and run all tests

unit:
	$(SWIFT_BUILD) --build-tests
	swift test -j $(JOBS) --skip-build

rules: unit
	$(DEBUG)/tocsin check Rules
	$(DEBUG)/tocsin test Rules --coverage-min 100

allocations: unit
	$(DEBUG)/walk-bench --allocations

conformance: unit
	@if [ -d $(CEL_CASES) ]; then $(DEBUG)/cel-conformance $(CEL_CASES); \
	else echo "conformance: skipped, there is no $(CEL_CASES)"; fi

lint: ## Check the style of the sources
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

fuzz: setup ## Throw a million broken messages at the decoder
	$(SWIFT_BUILD) -c release --product wire-fuzz
	$(RELEASE)/wire-fuzz --iterations 1000000 --seed $${SEED:-1}

bench: setup ## Measure the program beside a bare relay, and its parts; JSON=1 prints JSON
	$(SWIFT_BUILD) -c release
	swift build -j $(JOBS) -c release --package-path Benchmarks
	$(RELEASE)/cel-bench $(if $(JSON),--json)
	$(RELEASE)/walk-bench $(if $(JSON),--json)
	$(RELEASE)/grid-bench $(if $(JSON),--json)
	Benchmarks/.build/release/bench latency $(if $(JSON),--json)
	Benchmarks/.build/release/bench saturation $(if $(JSON),--json)

clean: ## Remove what was built
	rm -rf .build
