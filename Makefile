# zonemend: see README.md; `make help` lists the targets.
CC       ?= gcc
CFLAGS   ?= -O2 -g
ARGS     ?=
BUILD    ?= build
SAN      ?=
VERSION  := 0.1.0

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

# Everything but main.c goes into the library; the tests link that.
sources   := $(shell find src -name '*.c' | sort)
main      := src/cli/main.c
objects    = $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(main),$(sources))) $(BUILD)/gen/embed.o $(BUILD)/gen/embed_bytes.o
embedded  := $(sort $(wildcard policies/*.yaml)) $(sort $(wildcard docs/rules/*.md))
tests     := $(sort $(wildcard tests/test_*.c))
fuzzers   := $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

.DEFAULT_GOAL := all
.PHONY: all
all: check-deps $(BUILD)/zonemend $(BUILD)/libzonemend.a ## build the program and the library (names what is missing)

$(BUILD)/zonemend: $(BUILD)/src/cli/main.o $(BUILD)/libzonemend.a
	$(CC) $(cflags) $(LDFLAGS) -o $@ $^ $(libs)

$(BUILD)/libzonemend.a: $(objects)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(cflags) -MMD -MP -c -o $@ $<

$(BUILD)/gen/embed.c: src/embed.sh $(embedded) $(wildcard policies docs/rules)
	src/embed.sh $(BUILD)/gen $(embedded)

$(BUILD)/gen/embed.o: $(BUILD)/gen/embed.c
	$(CC) $(cflags) -MMD -MP -c -o $@ $<

$(BUILD)/gen/embed_bytes.o: $(BUILD)/gen/embed.c
	$(CC) -c -o $@ $(BUILD)/gen/embed.S

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
