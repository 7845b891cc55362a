# The two to start with: `make demo` and `make test`. Both install what is missing first.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
FORMATTED = Sources Tests Package.swift

.DEFAULT_GOAL := build
.PHONY: build setup demo test bench lint format samples install clean

build: setup
	$(SWIFT) build -c release --product martlet

setup:
	@SWIFT=$(SWIFT) scripts/setup.sh

demo: setup
	@SWIFT=$(SWIFT) scripts/demo.sh

test:
	@SWIFT=$(SWIFT) scripts/setup.sh tests
	@SWIFT=$(SWIFT) scripts/test.sh

bench: setup
	$(SWIFT) build -c release --product martlet-bench
	"$$($(SWIFT) build -c release --show-bin-path)/martlet-bench" import
	"$$($(SWIFT) build -c release --show-bin-path)/martlet-bench" compliance

lint:
	$(SWIFT) format lint --strict --recursive $(FORMATTED)

format:
	$(SWIFT) format --in-place --recursive $(FORMATTED)

# Rewrites Samples/ from the generator; only needed when the generator changes.
samples: setup
	$(SWIFT) build -c release --product martlet-bench
	MARTLET_BENCH="$$($(SWIFT) build -c release --show-bin-path)/martlet-bench" scripts/make-samples.sh

# The installed binary carries Swift's runtime, so it also runs where no toolchain is.
install: setup
	$(SWIFT) build -c release --static-swift-stdlib --product martlet
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" scripts/install.sh \
		"$$($(SWIFT) build -c release --static-swift-stdlib --show-bin-path)/martlet"

clean:
	rm -rf .build .demo coverage
