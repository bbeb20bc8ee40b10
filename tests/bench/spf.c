/*
 * spf COUNT: records parsed a second, and address sets made of them. The records are made first:
 * the same ones on every machine, of the kinds that zones hold, none of which asks the DNS.
 */
#include "base/buf.h"
#include "spf/parse.h"
#include "spf/space.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TEXT_MAX = 512, ROUND = 1000 }; /* records after which memory is given back */

static uint32_t random_state = UINT32_C(2463534242);

static unsigned choose(unsigned count)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state % count;
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct zm_str make_record(struct zm_arena *arena)
{
	static const char *const end[] = {"-all", "~all", "?all", "redirect=_spf.example.com"};
	struct zm_buf text = {.max = TEXT_MAX};
	zm_buf_add(&text, ZM_STR("v=spf1"));
	for (unsigned terms = 1 + choose(6); terms > 0; terms--) {
		unsigned kind = choose(5);
		if (kind == 0) {
			zm_buf_add(&text, choose(2) == 0 ? ZM_STR(" mx") : ZM_STR(" a"));
		} else if (kind == 1) {
			zm_buf_printf(&text, " include:_spf%u.vendor.example", choose(100));
		} else if (kind == 2) {
			zm_buf_printf(&text, " ip6:2001:db8:%x::/48", choose(65536));
		} else {
			zm_buf_printf(&text, " ip4:%u.%u.%u.0/%u", choose(224), choose(256),
				      choose(256), 20 + choose(13));
		}
	}
	zm_buf_printf(&text, " %s", end[choose(4)]);
	struct zm_str copy = zm_arena_copy(arena, zm_buf_str(&text));
	zm_buf_release(&text);
	return copy;
}

static double time_parse(const struct zm_str *text, size_t count)
{
	struct zm_arena arena = {0};
	double start = seconds();
	for (size_t i = 0; i < count; i++) {
		struct zm_spf_record record;
		zm_spf_parse(&record, &arena, text[i]);
		if (!record.valid) {
			fprintf(stderr, "does not parse: %.*s\n", ZM_STR_ARG(text[i]));
			exit(2);
		}
		if (i % ROUND == ROUND - 1) {
			zm_arena_release(&arena);
		}
	}
	double took = seconds() - start;
	zm_arena_release(&arena);
	return took;
}

/* The zone of one name, whose record is `ctx`; nobody knows anything else. */
static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		struct zm_answer *answer)
{
	bool is_own = question->type == ZM_ASK_TXT && question->name.len == 13;
	*answer = (struct zm_answer){.status = ZM_ANSWER_UNKNOWN, .unknown = question->name};
	if (is_own) {
		struct zm_answer_record *record = zm_arena_alloc(arena, sizeof(*record));
		record->text = *(const struct zm_str *)ctx;
		*answer =
			(struct zm_answer){.status = ZM_ANSWER_FOUND, .record = record, .count = 1};
	}
}

static double time_sets(struct zm_str *text, size_t count)
{
	static const uint8_t wire[] = "\7example\3com";
	struct zm_name name = {wire, sizeof(wire)};
	double start = seconds();
	for (size_t i = 0; i < count; i++) {
		struct zm_arena arena = {0};
		struct zm_resolver resolver = {&text[i], ask};
		struct zm_verdicts verdicts;
		struct zm_spf_graph graph;
		struct zm_space space;
		zm_verdicts_init(&verdicts, &arena);
		zm_spf_graph_build(&graph, &arena, name, &resolver);
		zm_space_find(&space, &verdicts, &arena, &graph);
		zm_arena_release(&arena);
	}
	return seconds() - start;
}

int main(int argc, char **argv)
{
	struct zm_arena arena = {0};
	uint64_t count = 0;
	if (argc != 2 || !zm_str_number(zm_str_from(argv[1]), 100000000, &count) || count < 10) {
		fprintf(stderr, "usage: spf COUNT\n");
		return 2;
	}
	struct zm_str *text = zm_arena_array(&arena, count, sizeof(*text));
	for (size_t i = 0; i < count; i++) {
		text[i] = make_record(&arena);
	}
	double parse = time_parse(text, count);
	double sets = time_sets(text, count / 10);
	printf("spf: %zu records parsed in %.2f s (%.0f a second), address sets of %zu in %.2f s "
	       "(%.0f a second)\n",
	       (size_t)count, parse, (double)count / parse, (size_t)count / 10, sets,
	       (double)(count / 10) / sets);
	zm_arena_release(&arena);
	return 0;
}
