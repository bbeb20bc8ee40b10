#include "sandbox.h"
#include "test.h"
#include "zone/walk.h"

#include <string.h>

#define HEAD "$ORIGIN example.com.\n$TTL 60\n"

/* Each record as `owner ttl;`, then each fault as `FILE:line message;`, the file by its name alone.
 */
static struct zm_str dump(struct zm_arena *arena, const char *path, const char *text)
{
	struct zm_source *source = zm_arena_alloc(arena, sizeof(*source));
	*source = (struct zm_source){.name = path, .bytes = zm_str_from(text)};
	struct zm_name_buf origin;
	const char *why;
	CU_ASSERT_TRUE_FATAL(zm_name_from_domain(&origin, ZM_STR("example.com"), &why));
	const struct zm_load_options options = {.origin = zm_name_of(&origin)};
	struct zm_walk *walk = zm_walk_start(arena, source, &options);
	struct zm_record record;
	struct zm_str out = ZM_STR("");
	while (zm_walk_next(walk, &record)) {
		struct zm_str owner = zm_name_text(arena, record.owner);
		CU_ASSERT_TRUE(record.at.end <= record.source->bytes.len);
		out = zm_arena_printf(arena, "%.*s%.*s %u;", ZM_STR_ARG(out), ZM_STR_ARG(owner),
				      (unsigned)record.ttl);
	}
	const struct zm_zone *zone = zm_walk_zone(walk);
	for (size_t i = 0; i < zone->fault_count; i++) {
		const struct zm_fault *fault = &zone->fault[i];
		if (fault->kind == ZM_FAULT_SERVERS_DIFFER) {
			continue;
		}
		struct zm_position at = zm_source_position(fault->source, fault->at.start);
		const char *name = strrchr(fault->source->name, '/') + 1;
		out = zm_arena_printf(arena, "%.*s%s:%zu %.*s;", ZM_STR_ARG(out), name, at.line,
				      ZM_STR_ARG(fault->message));
	}
	zm_walk_end(walk);
	return out;
}

static void check_all(const char *const table[][3], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct zm_sandbox box;
		struct zm_arena arena = {0};
		zm_sandbox_open(&box);
		zm_sandbox_put(zm_sandbox_path(&box, "inc"), zm_str_from(table[i][1]));
		ZM_ASSERT_STR(dump(&arena, zm_sandbox_path(&box, "zone"), table[i][0]),
			      table[i][2]);
		zm_arena_release(&arena);
		zm_sandbox_close(&box);
	}
}

#define CHECK(table) check_all(table, sizeof(table) / sizeof(*(table)))

static void owner_and_origin_are_restored_after_it(void)
{
	static const char *const table[][3] = {
		{HEAD "a TXT a\n$INCLUDE inc\n TXT a\nc TXT c\n", "b TXT b\n",
		 "a.example.com. 60;b.example.com. 60;a.example.com. 60;c.example.com. 60;"},
		{HEAD "a TXT a\n$INCLUDE inc sub\nc TXT c\n", "b TXT b\n$ORIGIN x\nd TXT d\n",
		 "a.example.com. 60;b.sub.example.com. 60;d.x.sub.example.com. 60;c.example.com. "
		 "60;"},
		{HEAD "$include \"inc\" ; why\nc TXT c\n", "b TXT b",
		 "b.example.com. 60;c.example.com. 60;"},
	};
	CHECK(table);
}

static void the_first_record_inherits_the_owner(void)
{
	static const char *const table[][3] = {
		{HEAD "a TXT a\n$INCLUDE inc sub\n TXT a\n", " TXT a\nb TXT b\n",
		 "a.example.com. 60;a.example.com. 60;b.sub.example.com. 60;a.example.com. 60;"},
		{HEAD "$INCLUDE inc\n", " TXT a\n", "inc:1 no owner before this record;"},
		{HEAD "a.org. TXT a\n$INCLUDE inc\n", " TXT a\n",
		 "zone:3 owner outside of the zone: servers ignore the record;"},
	};
	CHECK(table);
}

static void its_ttl_goes_on(void)
{
	static const char *const table[][3] = {
		{HEAD "$INCLUDE inc\nc TXT c\n", "$TTL 7\nb TXT b\n",
		 "b.example.com. 7;c.example.com. 7;"},
		{"$ORIGIN example.com.\na 5 TXT a\n$INCLUDE inc\nc TXT c\n", "b 9 TXT b\n",
		 "a.example.com. 5;b.example.com. 9;c.example.com. 9;"},
	};
	CHECK(table);
}

static void a_fault_is_in_its_own_file(void)
{
	static const char *const table[][3] = {
		{HEAD "\n\n$INCLUDE inc\nc TXT c\n", "b FOO b\nb TXT (\n",
		 "c.example.com. 60;inc:1 unknown record type;inc:2 parenthesis that is never "
		 "closed;"},
		{HEAD "$INCLUDE inc a b\n", "b TXT b\n",
		 "zone:3 text after the end of the directive;"},
		{HEAD "$INCLUDE \"inc\" \"a\"\n", "b TXT b\n",
		 "zone:3 quotes around the argument of a directive;"},
		{HEAD "$INCLUDE inc a..b\n", "b TXT b\n", "zone:3 empty label;"},
		{HEAD "$INCLUDE\n", "", "zone:3 directive that lacks its argument;"},
	};
	CHECK(table);
}

static const struct zm_test_case cases[] = {
	{"owner and origin are restored after it", owner_and_origin_are_restored_after_it},
	{"the first record inherits the owner", the_first_record_inherits_the_owner},
	{"its TTL goes on", its_ttl_goes_on},
	{"a fault is in its own file", a_fault_is_in_its_own_file},
	{NULL, NULL},
};

void test_include(void)
{
	zm_test_suite("include", cases);
}
