/*
 * Any zone: what it is asked it answers, aliases, wildcards and cuts or not, and check_host() ends
 * on it. The input is a line, `ADDRESS SENDER`, and the zone a.example.
 */
#include "dns/index.h"
#include "dns/zones.h"
#include "spf/eval.h"

#include <stdio.h>
#include <stdlib.h>

enum { ASKED_MAX = 200 }; /* records that are asked for */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds, const char *claim)
{
	if (!holds) {
		fprintf(stderr, "not so: %s\n", claim);
		abort();
	}
}

static struct zm_answer ask(struct zm_zones *zones, struct zm_arena *arena, struct zm_name name,
			    enum zm_ask type)
{
	struct zm_resolver resolver = zm_zones_resolver(zones);
	struct zm_question question = {name, type};
	struct zm_answer answer;
	resolver.ask(resolver.ctx, arena, &question, &answer);
	bool is_found = answer.status == ZM_ANSWER_FOUND;
	expect(is_found == (answer.count > 0), "found is at least one record");
	expect((answer.status == ZM_ANSWER_UNKNOWN) == zm_name_is_set(answer.unknown),
	       "unknown says what");
	return answer;
}

/* A record's owner has it, unless it lies below a cut or a DNAME, or cannot be read. */
static void ask_for(struct zm_zones *zones, struct zm_arena *arena, const struct zm_record *record)
{
	static const enum zm_ask types[] = {ZM_ASK_A, ZM_ASK_PTR, ZM_ASK_MX, ZM_ASK_TXT,
					    ZM_ASK_AAAA};
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		struct zm_answer answer = ask(zones, arena, record->owner, types[i]);
		bool is_own = record->type == (uint16_t)types[i] && record->class == 1;
		expect(!is_own || answer.status != ZM_ANSWER_NO_DATA || zones->index->has_cuts,
		       "a record that is there is found");
		expect(!is_own || answer.status != ZM_ANSWER_NO_NAME || zones->index->has_cuts,
		       "and its name exists");
		struct zm_answer again = ask(zones, arena, record->owner, types[i]);
		expect(again.status == answer.status && again.count == answer.count,
		       "the second answer is the first");
	}
}

static void evaluate(struct zm_zones *zones, struct zm_arena *arena, struct zm_str line)
{
	struct zm_resolver resolver = zm_zones_resolver(zones);
	struct zm_spf_client client = {.helo = ZM_STR("mail.a.example"), .trace = true};
	size_t blank = zm_str_find(line, ZM_STR(" "), 0);
	struct zm_str ip = zm_str_sub(line, 0, blank);
	client.sender = blank == SIZE_MAX ? line : zm_str_sub(line, blank + 1, line.len);
	if (!zm_ip4_parse(&client.ip, ip) && !zm_ip6_parse(&client.ip, ip)) {
		zm_ip4_parse(&client.ip, ZM_STR("192.0.2.1"));
	}
	const struct zm_spf_outcome *outcome = zm_spf_check_host(arena, &client, &resolver);
	expect(outcome->lookups <= ZM_SPF_LOOKUPS_MAX, "ten terms ask at the most");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_str input = {(const char *)data, size};
	struct zm_name_buf origin;
	struct zm_set set;
	struct zm_zones zones;
	const char *why;
	size_t end = zm_str_find(input, ZM_STR("\n"), 0);
	struct zm_source source = {.name = "a.example", .bytes = zm_str_sub(input, end, size)};
	zm_name_from_domain(&origin, ZM_STR("a.example"), &why);
	const struct zm_load_options options = {
		.origin = zm_name_of(&origin), .keep = ZM_ZONES_KEEP, .root = "/nonexistent"};
	const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
	zm_set_init(&set, &arena);
	zm_set_add(&set, zone);
	zm_zones_init(&zones, &set, &arena, NULL);
	evaluate(&zones, &arena, zm_str_sub(input, 0, end));
	for (size_t i = 0; i < zone->record_count && i < ASKED_MAX; i++) {
		const struct zm_record *record = zm_zone_record(zone, &arena, i);
		if (zm_name_is_below(record->owner, zone->origin)) {
			ask_for(&zones, &arena, record);
		}
	}
	zm_arena_release(&arena);
	return 0;
}
