# zonemend: see README.md; `make help` lists the targets.
ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS       ?= -O3 -g
ARGS         ?=
BUILD        ?= build
SAN          ?=
PREFIX       ?= /usr/local
DESTDIR      ?=
SHARED       ?= ../shared
FUZZ_SECONDS ?= 60
SUITE        ?= $(SHARED)/suites/rfc7208/rfc7208-tests.yml
VERSION      := 0.1.0

packages := ldns yaml-0.1 jansson
pc       := $(shell command -v pkg-config 2>/dev/null)
ifneq ($(pc),)
pc_cflags := $(shell $(pc) --cflags $(packages) 2>/dev/null)
pc_libs   := $(shell $(pc) --libs $(packages) 2>/dev/null)
endif
ifeq ($(strip $(pc_libs)),)
pc_libs := -lldns -lyaml -ljansson
endif

warnings := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla -Wformat=2
cflags    = -std=c11 -D_GNU_SOURCE -DZM_VERSION='"$(VERSION)"' -Isrc -Iinclude $(warnings) $(CFLAGS) $(SAN) $(pc_cflags)
libs      = $(pc_libs) -lpthread

# What the compiler takes without a word. On x86-64, GCC fills a structure by `rep stos`, which takes longer to begin than
# to fill a few hundred bytes; and the program is optimised as a whole, while the objects hold ordinary code beside for the
# library and the tests.
comma    := ,
accepted  = $(if $(shell $(CC) $(1) -x c -c -o /dev/null /dev/null 2>&1),,$(1))
fill     := $(call accepted,-mmemset-strategy=unrolled_loop:256:noalign$(comma)libcall:-1:noalign)
whole    := $(if $(strip $(SAN)),,$(call accepted,-flto=auto -ffat-lto-objects))

# Everything but main.c goes into the library; the tests link that.
sources   := $(shell find src -name '*.c' | sort)
main      := src/cli/main.c
objects    = $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(main),$(sources))) $(BUILD)/gen/embed.o $(BUILD)/gen/embed_bytes.o
embedded  := $(sort $(wildcard policies/*.yaml)) $(sort $(wildcard docs/rules/*.md))
tests     := $(sort $(wildcard tests/test_*.c))
suites    := $(patsubst tests/test_%.c,%,$(tests))
helpers   := $(filter-out $(tests),$(sort $(wildcard tests/*.c)))
fuzzers   := $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
benches   := $(patsubst tests/bench/%.c,%,$(sort $(wildcard tests/bench/*.c)))
formatted  = $(shell find src include tests -name '*.[ch]' | sort)

# Recursive makes use all processors, unless the caller said how many.
make  = $(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 1))
deps  = CC="$(CC)" DEPS_CFLAGS="$(pc_cflags)" .ci/deps.sh
# What `make test` runs, for any BUILD; tests/run.sh adds the parts' last lines up.
run_tests = ZM_TOP="$(CURDIR)" ZONEMEND="$(CURDIR)/$(or $(PROGRAM),$(BUILD)/zonemend)" SHARED="$(abspath $(SHARED))" UNDER="$(UNDER)" tests/run.sh $(BUILD)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

# ---- for users ----

.PHONY: all deps deps-test deps-lint deps-corpus check-deps run install clean help
all: ## build the program and the library; names what is missing
	@$(deps) check build
	+@$(make) program

deps: ## install what is missing to build (apt-get; nothing is asked of the network when all is there)
	@$(deps) install build

run: deps ## set up, build, and show the demonstration; ARGS="check /etc/bind" runs that instead
	+@$(make) program
ifeq ($(strip $(ARGS)),)
	@.ci/demo.sh $(BUILD)/zonemend
else
	$(BUILD)/zonemend $(ARGS)
endif

test: deps deps-test ## set up, build, and run every test
	+@$(make) test-programs
	@$(run_tests)

install: all ## install program, library, headers, policies and pages below DESTDIR PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include/zonemend \
		$(DESTDIR)$(PREFIX)/share/zonemend/policies $(DESTDIR)$(PREFIX)/share/doc/zonemend/rules
	install -m 755 $(BUILD)/zonemend $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(BUILD)/libzonemend.a $(DESTDIR)$(PREFIX)/lib/
	$(if $(wildcard include/zonemend/*.h),install -m 644 include/zonemend/*.h $(DESTDIR)$(PREFIX)/include/zonemend/)
	install -m 644 policies/*.yaml $(DESTDIR)$(PREFIX)/share/zonemend/policies/
	install -m 644 docs/rules/*.md $(DESTDIR)$(PREFIX)/share/doc/zonemend/rules/
	install -m 644 README.md CHANGELOG.md LICENSE docs/policy.md docs/tutorial.md $(DESTDIR)$(PREFIX)/share/doc/zonemend/

clean: ## remove everything that was built
	rm -rf build build-san build-fuzz build-cover

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-16s %s\n", $$1, $$2 }' Makefile

# ---- for whoever changes it ----

.PHONY: test lint format golden corpus crash load servers spf-suite spf-peers bench stress cover check-san check-valgrind fuzz
lint: deps-lint ## check the rules of the house: layers, lengths, banned functions, pages, form
	@tests/lint/run.sh

format: deps-lint ## bring all C files into form with clang-format
	clang-format -i $(formatted)

golden: all ## rewrite the expected output of golden tests, pages and README; then read the diff
	@ZM_TOP="$(CURDIR)" ZONEMEND="$(CURDIR)/$(BUILD)/zonemend" tests/golden/rewrite.sh

corpus: deps deps-corpus ## read every zone of SHARED/corpus as BIND does, fix every file, compare with other eyes
	+@$(make) program
	+@$(make) $(BUILD)/tests/dump $(BUILD)/tests/compare
	@ZM_TOP="$(CURDIR)" DUMP="$(CURDIR)/$(BUILD)/tests/dump" SHARED="$(abspath $(SHARED))" tests/corpus/agree.sh
	@ZM_TOP="$(CURDIR)" ZONEMEND="$(CURDIR)/$(BUILD)/zonemend" SHARED="$(abspath $(SHARED))" tests/corpus/run.sh
	@ZM_TOP="$(CURDIR)" ZONEMEND="$(CURDIR)/$(BUILD)/zonemend" COMPARE="$(CURDIR)/$(BUILD)/tests/compare" \
		SHARED="$(abspath $(SHARED))" tests/corpus/bytes.sh

crash: deps ## stop `fix` at each system call it makes, by errors and by SIGKILL, and on full disks
	@$(deps) install crash
	+@$(make) program
	@ZM_TOP="$(CURDIR)" ZONEMEND="$(CURDIR)/$(BUILD)/zonemend" tests/crash/run.sh

load: deps ## two hundred `fix` at once on the same fifty files
	+@$(make) program
	@ZM_TOP="$(CURDIR)" ZONEMEND="$(CURDIR)/$(BUILD)/zonemend" tests/load/run.sh

servers: deps ## live name servers on loopback: install named, NSD, Knot, PowerDNS (not as services), mend what they serve
	@$(deps) install servers
	+@$(make) program
	@$(run_tests) servers

spf-suite: deps ## run check_host() through SUITE, a file in the format of openspf.org's test suite
	+@$(make) $(BUILD)/tests/spf-suite
	@$(BUILD)/tests/spf-suite $(SUITE)

spf-peers: deps ## the same SUITE by pyspf and libspf2, and by eval --dns from a DNS server that serves it
	@$(deps) install peers
	+@$(make) program
	@for peer in 'peer_pyspf.py' 'over_dns.py spfquery' 'over_dns.py zonemend'; do \
		echo "== $$peer"; ZONEMEND=$(BUILD)/zonemend /usr/bin/python3 tests/spf/$$peer $(SUITE); done

bench: deps ## how fast it is, and others in the same run where they are here
	@$(deps) install bench
	+@$(make) program $(benches:%=$(BUILD)/bench/%)
	@for script in tests/bench/*.sh; do SHARED="$(abspath $(SHARED))" "$$script" $(BUILD) || exit 1; done

stress: deps ## what is too large for every day: 2 GB, lines of 100 MB, ten million findings; needs 3 GB in TMPDIR
	@$(deps) install stress
	+@$(make) program
	@ZM_TOP="$(CURDIR)" ZONEMEND="$(CURDIR)/$(BUILD)/zonemend" tests/stress/run.sh

san := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
check-san: deps deps-test ## all tests with the address, leak and undefined behaviour sanitizers
	+@$(make) BUILD=build-san CFLAGS="-O1 -g" SAN="$(san) -Werror" test-programs
	@ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) --no-print-directory BUILD=build-san run-tests

valgrind := valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
check-valgrind: deps deps-test ## all tests under valgrind
	@$(deps) install memory
	+@$(make) test-programs
	@printf '#!/bin/sh\nexec $(valgrind) "%s" "$$@"\n' "$(CURDIR)/$(BUILD)/zonemend" > $(BUILD)/zonemend-valgrind
	@chmod +x $(BUILD)/zonemend-valgrind
	@$(MAKE) --no-print-directory PROGRAM=$(BUILD)/zonemend-valgrind UNDER="$(valgrind)" run-tests

fuzz: deps ## run each fuzz target for FUZZ_SECONDS seconds (libFuzzer)
	@$(deps) install fuzz
	+@$(make) BUILD=build-fuzz CC=clang CFLAGS="-O1 -g" SAN="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all" fuzz-programs
	@SHARED="$(abspath $(SHARED))" tests/fuzz/run.sh build-fuzz $(FUZZ_SECONDS) $(fuzzers)

cover: deps deps-test ## how many lines of each file the tests run
	@find build-cover -name '*.gcda' -delete 2>/dev/null || true
	+@$(make) BUILD=build-cover CFLAGS="-O0 -g" SAN=--coverage test-programs
	@status=0; $(MAKE) --no-print-directory BUILD=build-cover run-tests || status=$$?; \
	.ci/cover.sh build-cover; exit $$status

# ---- steps, called by the targets above ----

.PHONY: program test-programs fuzz-programs run-tests FORCE
program: $(BUILD)/zonemend $(BUILD)/libzonemend.a
test-programs: program $(BUILD)/tests/unit $(fuzzers:%=$(BUILD)/fuzz/%)
fuzz-programs: $(fuzzers:%=$(BUILD)/libfuzzer/%)
run-tests:
	@$(run_tests)
deps-test:
	@$(deps) install test
deps-lint:
	@$(deps) install lint
deps-corpus:
	@$(deps) install corpus

$(BUILD)/zonemend: $(BUILD)/src/cli/main.o $(BUILD)/libzonemend.a
	$(CC) $(cflags) $(fill) $(whole) $(LDFLAGS) -o $@ $^ $(libs)

$(BUILD)/libzonemend.a: $(objects) $(BUILD)/gen/objects
	@rm -f $@
	@echo '$(AR) qcs $@ (all objects)'
	@$(AR) qcs $@ $(objects)

$(BUILD)/%.o: %.c $(BUILD)/gen/flags
	@mkdir -p $(@D)
	$(CC) $(cflags) -MMD -MP -c -o $@ $<

$(BUILD)/src/%.o: private cflags += $(fill) $(whole)

# test_NAME() is called by a generated file that declares it.
$(BUILD)/tests/%.o: private cflags += -Itests -Wno-missing-prototypes

$(BUILD)/gen/embed.c: src/embed.sh $(embedded) $(BUILD)/gen/objects
	src/embed.sh $(BUILD)/gen $(embedded)

$(BUILD)/gen/embed.o: $(BUILD)/gen/embed.c $(BUILD)/gen/flags
	$(CC) $(cflags) -MMD -MP -c -o $@ $<

$(BUILD)/gen/embed_bytes.o: $(BUILD)/gen/embed.c
	$(CC) -c -o $@ $(BUILD)/gen/embed.S

$(BUILD)/tests/unit: $(patsubst %.c,$(BUILD)/%.o,$(tests) $(helpers)) $(BUILD)/gen/test_all.o $(BUILD)/libzonemend.a $(BUILD)/gen/suites
	$(CC) $(cflags) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) -lcunit $(libs)

$(BUILD)/tests/spf-suite: $(patsubst %,$(BUILD)/tests/%.o,spf/main spf_suite spf_data) $(BUILD)/libzonemend.a
	$(CC) $(cflags) $(LDFLAGS) -o $@ $^ -lcunit $(libs)

$(BUILD)/gen/test_all.o: $(BUILD)/gen/test_all.c
	$(CC) $(cflags) -c -o $@ $<

$(BUILD)/gen/test_all.c: $(BUILD)/gen/suites
	@{ echo 'void zm_test_all(void);'; $(foreach s,$(suites),echo 'void test_$(s)(void);';) \
	echo; echo 'void zm_test_all(void)'; echo '{'; $(foreach s,$(suites),echo '	test_$(s)();';) echo '}'; } > $@

$(BUILD)/tests/dump: $(BUILD)/tests/corpus/dump.o $(BUILD)/libzonemend.a
	$(CC) $(cflags) $(LDFLAGS) -o $@ $^ $(libs)

# The fuzz targets as plain tests: their corpora, one after the other.
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay.o $(BUILD)/libzonemend.a
	@mkdir -p $(@D)
	$(CC) $(cflags) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(libs)

$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libzonemend.a
	@mkdir -p $(@D)
	$(CC) $(cflags) $(LDFLAGS) -o $@ $^ $(libs)

$(BUILD)/libfuzzer/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/libzonemend.a
	@mkdir -p $(@D)
	$(CC) $(cflags) -fsanitize=fuzzer $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(libs)

# What contradicts zonemend, and shares nothing with it.
independent := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/independent/*.c))
$(independent): private cflags = -std=c11 -D_GNU_SOURCE $(warnings) $(CFLAGS) $(SAN)
$(BUILD)/tests/fuzz/fuzz_fix.o: private cflags += -Itests
$(BUILD)/fuzz/fuzz_fix $(BUILD)/libfuzzer/fuzz_fix: $(filter-out %/main.o,$(independent))
$(BUILD)/tests/compare: $(independent)
	$(CC) $(warnings) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^

# This one shares its world with a unit test.
$(BUILD)/fuzz/fuzz_space $(BUILD)/libfuzzer/fuzz_space: $(BUILD)/tests/spfworld.o $(BUILD)/tests/spfclaims.o

# Lists that force a rebuild when they change: a source that went, other flags, another suite.
keep = @mkdir -p $(@D); printf '%s\n' "$(1)" > $@.new; if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
$(BUILD)/gen/objects: FORCE
	$(call keep,$(objects) $(embedded))
$(BUILD)/gen/suites: FORCE
	$(call keep,$(suites) $(helpers))
$(BUILD)/gen/flags: FORCE
	$(call keep,$(CC) $(subst ",,$(cflags)) $(fill) $(whole))

.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
