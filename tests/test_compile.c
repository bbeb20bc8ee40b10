#include "test.h"

#include "fix/compile.h"
#include "fix/proof.h"
#include "zone/load.h"

#define HEAD "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns h 1 2 3 4 5\n"

/* A zone's text after HEAD, operations on its TXT records, and what it becomes. */
struct compile_case {
	const char *zone;
	struct zm_op op[3];
	size_t record[3]; /* the number of the TXT record that the operation is about */
	size_t count;
	const char *want; /* NULL: refused */
};

static const struct zm_record *find_text(const struct zm_zone *zone, size_t number)
{
	for (size_t i = 0; i < zone->odd_count; i++) {
		if (zone->odd[i]->type == ZM_TYPE_TXT && number-- == 0) {
			return zone->odd[i];
		}
	}
	CU_FAIL_FATAL("the zone has not so many TXT records");
	return NULL;
}

static struct zm_str compile(struct zm_arena *arena, const struct compile_case *c)
{
	struct zm_source *source = zm_arena_alloc(arena, sizeof(*source));
	struct zm_edits edits;
	struct zm_error err;
	*source = (struct zm_source){.name = "z",
				     .bytes = zm_arena_printf(arena, HEAD "%s", c->zone)};
	const struct zm_load_options options = {.keep = ZM_KEEP(ZM_TYPE_MX) | ZM_KEEP(ZM_TYPE_TXT)};
	const struct zm_zone *zone = zm_zone_load(arena, source, &options);
	struct zm_fix fix = {.safety = ZM_FIX_SAFE, .count = c->count};
	fix.op = zm_arena_array(arena, c->count, sizeof(*fix.op));
	for (size_t i = 0; i < c->count; i++) {
		fix.op[i] = c->op[i];
		fix.op[i].owner = zone->origin;
		if (c->op[i].kind != ZM_OP_INSERT) {
			fix.op[i].record = find_text(zone, c->record[i]);
		}
	}
	if (!zm_fix_compile(&edits, arena, zone, &fix, &err)) {
		return ZM_STR("refused");
	}
	struct zm_str bytes = zm_edits_apply(&edits, arena, source->bytes);
	return zm_str_sub(bytes, sizeof(HEAD) - 1, bytes.len);
}

static void check(const struct compile_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct zm_arena arena = {0};
		struct zm_str got = compile(&arena, &cases[i]);
		ZM_ASSERT_STR(got, cases[i].want == NULL ? "refused" : cases[i].want);
		zm_arena_release(&arena);
	}
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))
#define REPLACE(s, e, t)                                                                           \
	{                                                                                          \
		.kind = ZM_OP_REPLACE, .at = {s, e}, .text = { t, sizeof(t) - 1 }                  \
	}
#define REWRITE(t)                                                                                 \
	{                                                                                          \
		.kind = ZM_OP_REWRITE, .text = { t, sizeof(t) - 1 }                                \
	}
#define INSERT(t)                                                                                  \
	{                                                                                          \
		.kind = ZM_OP_INSERT, .text = { t, sizeof(t) - 1 }                                 \
	}
#define DELETE                                                                                     \
	{                                                                                          \
		.kind = ZM_OP_DELETE                                                               \
	}

static void a_replacement_touches_only_its_bytes(void)
{
	static const struct compile_case table[] = {
		{"@ TXT \"v=spf1 -all\" ; c\n",
		 {REPLACE(7, 8, "~")},
		 {0},
		 1,
		 "@ TXT \"v=spf1 ~all\" ; c\n"},
		{"@ TXT v=spf1\\ -all\n", {REPLACE(7, 8, "~")}, {0}, 1, "@ TXT v=spf1\\ ~all\n"},
		{"@ TXT \"v=spf1 \\-all\"\r\n",
		 {REPLACE(7, 8, "~")},
		 {0},
		 1,
		 "@ TXT \"v=spf1 ~all\"\r\n"},
		{"@ TXT \"v=spf1 \\045all\"",
		 {REPLACE(7, 8, "~")},
		 {0},
		 1,
		 "@ TXT \"v=spf1 ~all\""},
		{"@ TXT v=spf1\n", {REPLACE(6, 6, " -all")}, {0}, 1, "@ TXT \"v=spf1 -all\"\n"},
		{"@ TXT v=spf1\n", {REPLACE(0, 6, "x")}, {0}, 1, "@ TXT x\n"},
		{"@ TXT \"a\"\n",
		 {REPLACE(1, 1, "\"\\\x01")},
		 {0},
		 1,
		 "@ TXT \"a\\\"\\\\\\001\"\n"},
		{"@ TXT \"v=spf1 a b\"\n",
		 {REPLACE(7, 8, "x"), REPLACE(9, 10, "y")},
		 {0, 0},
		 2,
		 "@ TXT \"v=spf1 x y\"\n"},
	};
	CHECK(table);
}

static void a_replacement_over_a_seam_keeps_strings_and_comments(void)
{
	static const struct compile_case table[] = {
		{"@ TXT \"v=spf1 inc\" \"lude:a -all\"\n",
		 {REPLACE(7, 16, "mx")},
		 {0},
		 1,
		 "@ TXT \"v=spf1 mx\" \" -all\"\n"},
		{"@ TXT ( \"v=spf1 a\" ; one\n  \" mx\" ; two\n  \" -all\" )\n",
		 {REPLACE(8, 11, "")},
		 {0},
		 1,
		 "@ TXT ( \"v=spf1 a\" ; one\n ; two\n  \" -all\" )\n"},
		{"@ TXT ( \"v=spf1 a\"\n  \" mx\"\n  \" -all\" )\n",
		 {REPLACE(8, 11, "")},
		 {0},
		 1,
		 "@ TXT ( \"v=spf1 a\"\n  \" -all\" )\n"},
		{"@ TXT ( \"v=spf1 a\" ; one\n  \" -all\" )\n",
		 {REPLACE(8, 8, " mx")},
		 {0},
		 1,
		 "@ TXT ( \"v=spf1 a\" ; one\n  \" mx -all\" )\n"},
		{"@ TXT \"v=spf1 a\" \" -all\"\n",
		 {REPLACE(8, 13, "")},
		 {0},
		 1,
		 "@ TXT \"v=spf1 a\"\n"},
	};
	CHECK(table);
}

static void a_rewrite_makes_one_string_where_the_layout_allows(void)
{
	static const struct compile_case table[] = {
		{"@ TXT v=spf1 mx -all ; c\n",
		 {REWRITE("v=spf1 mx -all")},
		 {0},
		 1,
		 "@ TXT \"v=spf1 mx -all\" ; c\n"},
		{"@ TXT ( v=spf1 mx ; c\n -all )\n",
		 {REWRITE("v=spf1 mx -all")},
		 {0},
		 1,
		 "@ TXT ( \"v=spf1 mx -all\" ; c\n )\n"},
		{"@ TXT \\# 4 03616263\n",
		 {REWRITE("v=spf1 -all")},
		 {0},
		 1,
		 "@ TXT \"v=spf1 -all\"\n"},
		{"@ TXT \\# 4 03616263\n", {REPLACE(0, 1, "x")}, {0}, 1, "@ TXT \"xbc\"\n"},
		{"@ TXT ( \\# 4 ; c\n 03616263 )\n", {REWRITE("v=spf1 -all")}, {0}, 1, NULL},
	};
	CHECK(table);
}

static void a_deleted_record_leaves_comments_and_its_owner(void)
{
	static const struct compile_case table[] = {
		{"@ NS ns\n@ TXT a\n", {DELETE}, {0}, 1, "@ NS ns\n"},
		{"@ NS ns\n@ TXT a ; why\n", {DELETE}, {0}, 1, "@ NS ns\n; why\n"},
		{"@ TXT ( a ; one\n b\n ) ; two\n", {DELETE}, {0}, 1, "; one\n; two\n"},
		{"www TXT a\n    TXT b\n", {DELETE}, {0}, 1, "www TXT b\n"},
		{"www TXT a\n  TXT b\n", {DELETE}, {0}, 1, "www  TXT b\n"},
		{"www TXT a\n\tTXT b\n\tTXT c\n", {DELETE, DELETE}, {0, 1}, 2, "www\tTXT c\n"},
		{"www TXT a\nftp TXT b\n", {DELETE}, {0}, 1, "ftp TXT b\n"},
		{"www TXT a\n$TTL 5\n    TXT b\n", {DELETE}, {0}, 1, "$TTL 5\nwww TXT b\n"},
		{"www TXT a\n$ORIGIN x\n    TXT b\n", {DELETE}, {0}, 1, NULL},
		{"www TXT a\n$ORIGIN x\nftp TXT b\n", {DELETE}, {0}, 1, "$ORIGIN x\nftp TXT b\n"},
		{"www TXT b\n    TXT a", {DELETE}, {1}, 1, "www TXT b\n"},
	};
	CHECK(table);
}

static void a_new_record_looks_like_its_neighbours(void)
{
	static const struct compile_case table[] = {
		{"@       IN      MX 10 mail\n",
		 {INSERT("v")},
		 {0},
		 1,
		 "@       IN      MX 10 mail\n@       IN      TXT \"v\"\n"},
		{"\tIN\tMX\t10 mail\n\tIN\tA\t1.2.3.4\n",
		 {INSERT("v")},
		 {0},
		 1,
		 "\tIN\tMX\t10 mail\n\tIN\tTXT\t\"v\"\n\tIN\tA\t1.2.3.4\n"},
		{"@ 60 in  mx    10 mail ; c\r\nwww A 1.2.3.4\r\n",
		 {INSERT("v")},
		 {0},
		 1,
		 "@ 60 in  mx    10 mail ; c\r\n@ 60 in  txt   \"v\"\r\nwww A 1.2.3.4\r\n"},
		{"  NS ns", {INSERT("v")}, {0}, 1, "  NS ns\n  TXT \"v\""},
		{"@ TXT a\n  MX 1 b\n", {INSERT("v")}, {0}, 1, "@ TXT a\n@ TXT \"v\"\n  MX 1 b\n"},
		{"( @ MX ) 1 b\n",
		 {INSERT("v")},
		 {0},
		 1,
		 "( @ MX ) 1 b\nexample.com. 3600 IN TXT \"v\"\n"},
	};
	CHECK(table);
}

#define A50  "a:0123456789012345678901234567890123456789.example " /* 51 bytes */
#define A250 A50 A50 A50 A50 A50                                   /* 255 bytes */

static void a_long_string_is_split_where_a_term_begins(void)
{
	static const struct compile_case table[] = {
		{"@ TXT \"v=spf1 " A250 "-all\"\n",
		 {{.kind = ZM_OP_RESPLIT}},
		 {0},
		 1,
		 "@ TXT \"v=spf1 " A50 A50 A50 A50 "\" \"" A50 "-all\"\n"},
		{"@ TXT \"" A250 "\"\n",
		 {REPLACE(255, 255, "x")},
		 {0},
		 1,
		 "@ TXT \"" A250 "\" \"x\"\n"},
		{"@ TXT \"" A250 "\"\n",
		 {REPLACE(0, 0, "v=spf1 ")},
		 {0},
		 1,
		 "@ TXT \"v=spf1 " A50 A50 A50 A50 "\" \"" A50 "\"\n"},
		{"@ TXT \"x\"\n", {REWRITE(A250 "end")}, {0}, 1, "@ TXT \"" A250 "\" \"end\"\n"},
		{"@ TXT " A50 "\n", {REWRITE(A250 "end")}, {0}, 1, "@ TXT \"" A250 "\" \"end\" \n"},
	};
	CHECK(table);
}

static const struct zm_test_case cases[] = {
	{"a replacement touches only its bytes", a_replacement_touches_only_its_bytes},
	{"a replacement over a seam keeps strings and comments",
	 a_replacement_over_a_seam_keeps_strings_and_comments},
	{"a rewrite makes one string where the layout allows",
	 a_rewrite_makes_one_string_where_the_layout_allows},
	{"a deleted record leaves comments and its owner",
	 a_deleted_record_leaves_comments_and_its_owner},
	{"a new record looks like its neighbours", a_new_record_looks_like_its_neighbours},
	{"a long string is split where a term begins", a_long_string_is_split_where_a_term_begins},
	{NULL, NULL},
};

void test_compile(void)
{
	zm_test_suite("compile", cases);
}
