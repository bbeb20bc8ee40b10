/*
 * Any DNS: an evaluation ends, within the limits of RFC 7208 4.6.4, and twice the same. The input
 * is lines: address, sender, HELO name, then the texts that names publish. Which of them, and which
 * addresses, exchanges and failures, a name has is told from its hash, so that names lead to each
 * other in circles.
 */
#include "spf/eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 64, RECORDS_MAX = 12, QUESTIONS_MAX = 1 + 10 * 11 + 11 + 1 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct world {
	struct zm_str text[TEXTS_MAX];
	size_t texts;
	struct zm_ip ip; /* the client's: some names have it */
	bool errs;
	bool hides;
};

static void expect(bool holds, const char *claim)
{
	if (!holds) {
		fprintf(stderr, "not so: %s\n", claim);
		abort();
	}
}

static struct zm_str take_line(struct zm_str *rest)
{
	size_t end = zm_str_find(*rest, ZM_STR("\n"), 0);
	struct zm_str line = zm_str_sub(*rest, 0, end);
	*rest = zm_str_sub(*rest, end == SIZE_MAX ? rest->len : end + 1, rest->len);
	return line;
}

/* One of the texts that has a dot, as a name; they are long or odd enough. */
static struct zm_name pick_name(struct world *world, struct zm_arena *arena, uint32_t hash)
{
	struct zm_name_buf buf;
	const char *why;
	struct zm_str names[] = {{"a.example", 9}, {"b.a.example", 11}, {".", 1}};
	struct zm_str text = names[hash % 3];
	if (hash % 5 == 0 && world->texts > 0) {
		text = world->text[hash / 5 % world->texts];
	}
	if (!zm_name_from_domain(&buf, text, &why)) {
		zm_name_from_domain(&buf, names[0], &why);
	}
	return zm_name_copy(arena, zm_name_of(&buf));
}

static struct zm_answer_record make_record(struct world *world, struct zm_arena *arena,
					   enum zm_ask type, uint32_t hash)
{
	struct zm_answer_record record = {.preference = (uint16_t)(hash & 3)};
	if (type == ZM_ASK_TXT) {
		record.text =
			world->texts == 0 ? (struct zm_str){0} : world->text[hash % world->texts];
	} else if (type == ZM_ASK_MX || type == ZM_ASK_PTR) {
		record.name = pick_name(world, arena, hash);
	} else {
		record.ip = world->ip;
		record.ip.byte[1] ^= (uint8_t)(hash & 1);
		record.ip.family = type == ZM_ASK_A ? 4 : 6;
	}
	return record;
}

static void ask(void *ctx, struct zm_arena *arena, const struct zm_question *question,
		struct zm_answer *answer)
{
	struct world *world = ctx;
	uint32_t hash = zm_name_hash(question->name) * 31 + (uint32_t)question->type;
	size_t count = question->type == ZM_ASK_TXT ? 1 + (hash % 11 == 0) : hash % RECORDS_MAX + 1;
	struct zm_answer_record *record = zm_arena_array(arena, count, sizeof(*record));
	static const enum zm_answer_status rare[] = {ZM_ANSWER_NO_DATA, ZM_ANSWER_NO_NAME,
						     ZM_ANSWER_ERROR, ZM_ANSWER_UNKNOWN};
	*answer = (struct zm_answer){.status = ZM_ANSWER_FOUND, .record = record, .count = count};
	for (size_t i = 0; i < count; i++) {
		record[i] = make_record(world, arena, question->type, hash + (uint32_t)i * 7);
	}
	if (hash / 64 % 8 < 4) {
		*answer = (struct zm_answer){.status = rare[hash / 512 % 4]};
		answer->unknown = question->name;
		world->errs |= answer->status == ZM_ANSWER_ERROR;
		world->hides |= answer->status == ZM_ANSWER_UNKNOWN;
	}
}

static void check_outcome(const struct world *world, const struct zm_spf_outcome *outcome)
{
	enum zm_spf_result result = outcome->result;
	expect(outcome->lookups <= ZM_SPF_LOOKUPS_MAX, "ten terms ask at the most");
	expect(outcome->questions <= QUESTIONS_MAX, "each of them asks a bounded number of times");
	expect(outcome->voids <= ZM_SPF_VOIDS_MAX || result == ZM_RESULT_PERMERROR,
	       "more than two void lookups are a permerror");
	expect(world->errs || result != ZM_RESULT_TEMPERROR, "temperror needs an error");
	expect(world->hides || result != ZM_RESULT_UNKNOWN, "unknown needs something unknown");
	expect((result == ZM_RESULT_UNKNOWN) == zm_name_is_set(outcome->unknown.name),
	       "unknown says what");
	expect(outcome->explanation.len <= ZM_SPF_EXPLANATION_MAX, "an explanation is bounded");
	expect(outcome->explanation.len == 0 || result == ZM_RESULT_FAIL, "only fail is explained");
	for (size_t i = 0; i < outcome->explanation.len; i++) {
		expect((unsigned char)outcome->explanation.data[i] < 128, "in ASCII");
	}
	if (outcome->term != NULL) {
		expect(outcome->visit != NULL, "a term stands in a record");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_str rest = {(const char *)data, size};
	struct world world = {0};
	struct zm_resolver resolver = {&world, ask};
	struct zm_spf_client client = {.trace = true};
	struct zm_str ip = take_line(&rest);
	if (!zm_ip4_parse(&client.ip, ip) && !zm_ip6_parse(&client.ip, ip)) {
		zm_ip4_parse(&client.ip, ZM_STR("192.0.2.1"));
	}
	world.ip = client.ip;
	client.sender = take_line(&rest);
	client.helo = take_line(&rest);
	while (rest.len > 0 && world.texts < TEXTS_MAX) {
		world.text[world.texts++] = take_line(&rest);
	}
	const struct zm_spf_outcome *first = zm_spf_check_host(&arena, &client, &resolver);
	check_outcome(&world, first);
	client.trace = false;
	const struct zm_spf_outcome *second = zm_spf_check_host(&arena, &client, &resolver);
	expect(first->result == second->result && first->questions == second->questions &&
		       zm_str_eq(first->explanation, second->explanation),
	       "the same questions have the same answers");
	zm_arena_release(&arena);
	return 0;
}
