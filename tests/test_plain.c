/* Records on plain lines; most texts among them a zone keeps as places alone. */
#include "test.h"

#include "zone/load.h"

#include <string.h>

#define HEAD "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns.example.net.\n"

enum { PADDING = 2048 }; /* a line is plain only where more bytes follow */

struct loaded {
	struct zm_arena arena;
	struct zm_source source;
	char *bytes;
	const struct zm_zone *zone;
};

static void load_as(struct loaded *l, const char *text, uint64_t keep, size_t padding)
{
	const struct zm_load_options options = {.keep = keep};
	*l = (struct loaded){.source = {.name = "example.com.zone"}};
	size_t size = strlen(HEAD) + strlen(text) + padding;
	l->bytes = zm_arena_array(&l->arena, size, 1);
	memset(l->bytes, '\n', size);
	memcpy(l->bytes, HEAD, strlen(HEAD));
	memcpy(l->bytes + strlen(HEAD), text, strlen(text));
	l->source.bytes = (struct zm_str){l->bytes, size};
	l->zone = zm_zone_load(&l->arena, &l->source, &options);
}

static void load(struct loaded *l, const char *text)
{
	load_as(l, text, 0, PADDING);
}

/* The record after SOA and NS. */
static const struct zm_record *first_text(struct loaded *l)
{
	CU_ASSERT_FATAL(l->zone->record_count > 2);
	return zm_zone_record(l->zone, &l->arena, 2);
}

static void a_plain_line_is_kept_as_a_place(void)
{
	struct loaded l;
	load(&l, "a 300 TXT \"v=spf1 -all\" ; x\nb TXT ( \"v=spf1 mx\" )\n");
	CU_ASSERT_EQUAL(l.zone->record_count, 4);
	CU_ASSERT_EQUAL(l.zone->odd_count, 3);
	CU_ASSERT_EQUAL(l.zone->spf_records, 2);
	CU_ASSERT_TRUE(zm_zone_kept(l.zone, 2)->is_plain);
	CU_ASSERT_FALSE(zm_zone_kept(l.zone, 3)->is_plain);
	const struct zm_record *record = first_text(&l);
	ZM_ASSERT_STR(record->text->bytes, "v=spf1 -all");
	ZM_ASSERT_STR(zm_name_text(&l.arena, record->owner), "a.example.com.");
	ZM_ASSERT_STR(zm_str_at(l.source.bytes, record->at), "a 300 TXT \"v=spf1 -all\" ; x\n");
	CU_ASSERT_EQUAL(record->ttl, 300);
	zm_arena_release(&l.arena);
}

static void a_record_is_itself_however_often_it_is_read(void)
{
	struct loaded l;
	load(&l, "a TXT \"v=spf1 -all\"\nb TXT \"v=spf1 -all\"\n");
	const struct zm_record *a = first_text(&l);
	const struct zm_record *b = zm_zone_record(l.zone, &l.arena, 3);
	CU_ASSERT_TRUE(zm_record_is(a, first_text(&l)));
	CU_ASSERT_FALSE(zm_record_is(a, b));
	zm_arena_release(&l.arena);
}

static void neighbours_of_one_owner_share_its_hash_alone(void)
{
	struct loaded l;
	load(&l, "a TXT \"v=spf1 -all\"\nA TXT \"v=spf1 mx\"\nb TXT \"v=spf1 -all\"\n");
	CU_ASSERT_EQUAL_FATAL(l.zone->record_count, 5);
	CU_ASSERT_EQUAL(zm_zone_kept(l.zone, 2)->hash, zm_zone_kept(l.zone, 3)->hash);
	CU_ASSERT_NOT_EQUAL(zm_zone_kept(l.zone, 3)->hash, zm_zone_kept(l.zone, 4)->hash);
	zm_arena_release(&l.arena);
}

static void what_is_said_of_it_outlives_the_look_at_it(void)
{
	struct loaded l;
	load(&l, "b NS ns.example.net.\nb TXT \"v=spf1 -all\"\nc.b TXT \"v=spf1 mx\"\n");
	CU_ASSERT_EQUAL_FATAL(l.zone->fault_count, 2);
	ZM_ASSERT_STR(zm_name_text(&l.arena, l.zone->fault[0].owner), "b.example.com.");
	ZM_ASSERT_STR(zm_name_text(&l.arena, l.zone->fault[1].owner), "c.b.example.com.");
	zm_arena_release(&l.arena);
}

/* As where a file that is mapped has lost its end, and zeros stand there. */
static void what_was_written_over_meanwhile_says_nothing(void)
{
	static const char *const texts[] = {
		"a 300 IN TXT \"v=spf1 -all\"\n",
		"a TXT \"v=spf1 -all\" ; spf\n",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t len = strlen(texts[i]);
		for (size_t lost = 1; lost <= len; lost++) {
			struct loaded l;
			load(&l, texts[i]);
			CU_ASSERT_TRUE_FATAL(zm_zone_kept(l.zone, 2)->is_plain);
			memset(l.bytes + strlen(HEAD) + len - lost, 0, PADDING);
			const struct zm_record *record = first_text(&l);
			CU_ASSERT_EQUAL(record->text->bytes.len, 0);
			CU_ASSERT_TRUE(zm_name_is_below(record->owner, l.zone->origin));
			zm_arena_release(&l.arena);
		}
	}
}

static bool is_same_span(struct zm_span a, struct zm_span b)
{
	return a.start == b.start && a.end == b.end;
}

static bool has_same_data(const struct zm_record *a, const struct zm_record *b)
{
	bool is_same = a->rdata_count == b->rdata_count && (a->text == NULL) == (b->text == NULL);
	for (size_t i = 0; is_same && i < a->rdata_count; i++) {
		is_same = a->rdata[i].start == b->rdata[i].start &&
			  a->rdata[i].end == b->rdata[i].end &&
			  a->rdata[i].kind == b->rdata[i].kind;
	}
	return is_same;
}

static bool is_same_record(const struct zm_record *a, const struct zm_record *b)
{
	return is_same_span(a->at, b->at) && is_same_span(a->owner_at, b->owner_at) &&
	       is_same_span(a->ttl_at, b->ttl_at) && is_same_span(a->class_at, b->class_at) &&
	       is_same_span(a->type_at, b->type_at) && zm_name_eq(a->owner, b->owner) &&
	       a->type == b->type && a->ttl == b->ttl && has_same_data(a, b);
}

static void a_plain_line_is_read_as_the_walk_reads_it(void)
{
	static const char *const lines[] = {
		"@ TXT \"v=spf1 -all\" ; x\n",
		"example.com. TXT \"other\"\n",
		"@ IN NS ns2.example.net.\n",
		"@ 1h IN MX 10 @\n",
		"a\t2W\tIN\tMX\t10\tmail ; y\n",
		"a IN 5m CNAME @\n",
		"a CNAME b.example.net.\n",
		"a 3d DNAME b\n",
		"a A 192.0.2.1\n",
		"a AAAA 2001:db8::1;z\n",
		"_sip._tcp 1D SRV 0 5 5060 sip\n",
		"_sip._tcp SRV 0 5 5060 @\n",
		"@ CAA 0 issue \"ca.example.net; policy=ev\"\n",
		"@ IN CAA 128 iodef\t\"mailto:x@example.com\" ; y\n",
		"4 PTR www\n",
		"a 60 TXT \"v=spf1 mx\"\n TXT \"v=spf1 a\"\n",
	};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct loaded plain;
		struct loaded walked;
		load_as(&plain, lines[i], ZM_KEEP_ALL, PADDING);
		load_as(&walked, lines[i], ZM_KEEP_ALL, 0);
		CU_ASSERT_EQUAL(plain.zone->fault_count, 0);
		CU_ASSERT_EQUAL_FATAL(plain.zone->record_count, walked.zone->record_count);
		CU_ASSERT_TRUE(plain.zone->record_count > 2);
		CU_ASSERT_EQUAL(plain.zone->has_servers, walked.zone->has_servers);
		for (size_t j = 0; j < plain.zone->record_count; j++) {
			CU_ASSERT_TRUE(
				is_same_record(zm_zone_record(plain.zone, &plain.arena, j),
					       zm_zone_record(walked.zone, &walked.arena, j)));
		}
		zm_arena_release(&plain.arena);
		zm_arena_release(&walked.arena);
	}
}

/* The walk says what is wrong with each. */
static void what_is_not_plain_is_left_to_the_walk(void)
{
	static const char *const lines[] = {
		"a 1x CNAME @\n",          "a 1hh CNAME @\n", "a CNAME @ @\n",
		"@ CAA 256 issue \"x\"\n", "@ CAA 0 \"x\"\n", "@ CAA 0 is-sue \"x\"\n",
		"a SRV 0 5 70000 b\n",     "a SRV 0 5 b\n",   "@ DS 1 8 2 abcd\n",
		"a MX 70000 @\n",
	};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct loaded l;
		load_as(&l, lines[i], ZM_KEEP_ALL, PADDING);
		CU_ASSERT_TRUE(l.zone->fault_count > 0);
		zm_arena_release(&l.arena);
	}
}

static const struct zm_test_case cases[] = {
	{"a plain line is read as the walk reads it", a_plain_line_is_read_as_the_walk_reads_it},
	{"what is not plain is left to the walk", what_is_not_plain_is_left_to_the_walk},
	{"a plain line is kept as a place", a_plain_line_is_kept_as_a_place},
	{"a record is itself however often it is read",
	 a_record_is_itself_however_often_it_is_read},
	{"neighbours of one owner share its hash alone",
	 neighbours_of_one_owner_share_its_hash_alone},
	{"what is said of it outlives the look at it", what_is_said_of_it_outlives_the_look_at_it},
	{"what was written over meanwhile says nothing",
	 what_was_written_over_meanwhile_says_nothing},
	{NULL, NULL},
};

void test_plain(void)
{
	zm_test_suite("plain", cases);
}
