#include "test.h"
#include "zone/whole/names.h"
#include "zone/zone.h"

static struct zm_name name(struct zm_arena *arena, const char *text)
{
	struct zm_name_buf buf;
	const char *why;
	CU_ASSERT_TRUE_FATAL(zm_name_parse(&buf, zm_str_from(text), (struct zm_name){0}, &why));
	return zm_name_copy(arena, zm_name_of(&buf));
}

static void a_name_has_the_kinds_of_all_its_records(void)
{
	struct zm_arena arena = {0};
	struct zm_names *names = zm_names_new(&arena);
	zm_names_add(names, name(&arena, "www.example."), ZM_TYPE_A);
	zm_names_add(names, name(&arena, "WWW.example."), ZM_TYPE_TXT);
	zm_names_add(names, name(&arena, "mail.example."), ZM_TYPE_MX);
	CU_ASSERT_EQUAL(zm_names_kinds(names, name(&arena, "www.Example.")),
			ZM_KIND_ADDRESS | ZM_KIND_TEXT);
	CU_ASSERT_EQUAL(zm_names_kinds(names, name(&arena, "mail.example.")), ZM_KIND_MX);
	CU_ASSERT_EQUAL(zm_names_kinds(names, name(&arena, "example.")), 0);
	zm_arena_release(&arena);
}

static void a_cname_clashes_with_all_but_its_signature(void)
{
	static const struct {
		uint16_t type;
		size_t clashes;
	} cases[] = {
		{ZM_TYPE_RRSIG, 0}, {ZM_TYPE_NSEC, 0}, {ZM_TYPE_A, 1},  {ZM_TYPE_NS, 1},
		{ZM_TYPE_CNAME, 1}, {ZM_TYPE_TXT, 1},  {ZM_TYPE_MX, 1}, {ZM_TYPE_DNAME, 1},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct zm_arena arena = {0};
		struct zm_names *names = zm_names_new(&arena);
		zm_names_add(names, name(&arena, "a.example."), cases[i].type);
		zm_names_add(names, name(&arena, "a.example."), ZM_TYPE_CNAME);
		zm_names_add(names, name(&arena, "a.example."), cases[i].type);
		zm_names_add(names, name(&arena, "b.example."), ZM_TYPE_A);
		CU_ASSERT_EQUAL(zm_names_clashes(names), cases[i].clashes);
		zm_arena_release(&arena);
	}
}

static void a_cut_hides_what_is_below_it(void)
{
	struct zm_arena arena = {0};
	struct zm_names *names = zm_names_new(&arena);
	struct zm_name apex = name(&arena, "example.");
	zm_names_add(names, apex, ZM_TYPE_NS);
	zm_names_add(names, name(&arena, "sub.example."), ZM_TYPE_NS);
	zm_names_add(names, name(&arena, "deep.sub.example."), ZM_TYPE_NS);
	zm_names_add(names, name(&arena, "old.example."), ZM_TYPE_DNAME);
	static const struct {
		const char *name;
		const char *cut;
	} cases[] = {
		{"example.", NULL},
		{"www.example.", NULL},
		{"sub.example.", "sub.example."},
		{"a.deep.sub.example.", "sub.example."},
		{"old.example.", NULL},
		{"a.old.example.", "old.example."},
		{"example.net.", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct zm_name cut = zm_names_cut(names, apex, name(&arena, cases[i].name));
		if (cases[i].cut == NULL) {
			CU_ASSERT_FALSE(zm_name_is_set(cut));
		} else {
			CU_ASSERT_TRUE(zm_name_is_set(cut) &&
				       zm_name_eq(cut, name(&arena, cases[i].cut)));
		}
	}
	zm_names_add(names, apex, ZM_TYPE_DNAME);
	CU_ASSERT_TRUE(zm_name_eq(zm_names_cut(names, apex, name(&arena, "www.example.")), apex));
	zm_arena_release(&arena);
}

static void many_names_are_all_found(void)
{
	enum { NAMES = 20000 };
	struct zm_arena arena = {0};
	struct zm_names *names = zm_names_new(&arena);
	for (unsigned round = 0; round < 2; round++) {
		size_t lost = 0;
		for (unsigned i = 0; i < NAMES; i++) {
			struct zm_str text = zm_arena_printf(&arena, "n%u.example.", i);
			uint16_t type = i % 2 == 0 ? ZM_TYPE_A : ZM_TYPE_MX;
			enum zm_kind kind = i % 2 == 0 ? ZM_KIND_ADDRESS : ZM_KIND_MX;
			if (round == 0) {
				zm_names_add(names, name(&arena, text.data), type);
			} else {
				lost += zm_names_kinds(names, name(&arena, text.data)) != kind;
			}
		}
		CU_ASSERT_EQUAL(lost, 0);
	}
	zm_arena_release(&arena);
}

static void numbered(struct zm_names *names, struct zm_arena *arena, size_t number, uint16_t type)
{
	zm_names_add(names, name(arena, zm_arena_printf(arena, "n%zu.example.", number).data),
		     type);
}

static void few_names_and_many_are_known_alike(void)
{
	for (size_t count = 1; count < 200; count++) {
		struct zm_arena arena = {0};
		struct zm_names *names = zm_names_new(&arena);
		for (size_t i = 0; i < count; i++) {
			numbered(names, &arena, i, ZM_TYPE_CNAME);
			numbered(names, &arena, i, ZM_TYPE_MX);
		}
		CU_ASSERT_EQUAL(zm_names_clashes(names), count);
		CU_ASSERT_FALSE(zm_names_any_apart(names));
		CU_ASSERT_EQUAL(zm_names_kinds(names, name(&arena, "n0.example.")),
				ZM_KIND_CNAME | ZM_KIND_MX);
		numbered(names, &arena, 0, ZM_TYPE_A);
		CU_ASSERT_EQUAL(zm_names_any_apart(names), count > 1);
		zm_arena_release(&arena);
	}
}

static const struct zm_test_case cases[] = {
	{"a name has the kinds of all its records", a_name_has_the_kinds_of_all_its_records},
	{"a CNAME clashes with all but its signature", a_cname_clashes_with_all_but_its_signature},
	{"a cut hides what is below it", a_cut_hides_what_is_below_it},
	{"many names are all found", many_names_are_all_found},
	{"few names and many are known alike", few_names_and_many_are_known_alike},
	{NULL, NULL},
};

void test_names(void)
{
	zm_test_suite("names", cases);
}
