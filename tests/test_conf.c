#include "base/buf.h"
#include "conf/conf.h"
#include "sandbox.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct zm_arena arena;

static bool parse(struct zm_conf *conf, const char *bytes, struct zm_error *err)
{
	struct zm_source source = {.name = "named.conf", .bytes = zm_str_from(bytes)};
	*err = (struct zm_error){{0}};
	return zm_conf_parse(conf, &arena, &source, NULL, err);
}

static void add_zone(struct zm_buf *out, const struct zm_conf_zone *zone)
{
	zm_buf_add(out, zm_name_text(&arena, zone->name));
	zm_buf_printf(out, "%s%s %s %s%s%s%s%s%s%s|", zone->view == NULL ? "" : "@",
		      zone->view == NULL ? "" : zone->view, zm_conf_type_name(zone->type),
		      zone->file == NULL ? "-" : zone->file,
		      zone->is_internet ? "" : " other class",
		      zone->takes_updates ? " updates" : "", zone->signs_inline ? " inline" : "",
		      zone->keeps_differences ? " differences" : "", zone->is_raw ? " raw" : "",
		      zone->is_elsewhere ? " elsewhere" : "");
	if (zone->journal != NULL) {
		zm_buf_printf(out, " journal %s", zone->journal);
	}
}

/* All zones of a configuration in one line, or its error. */
static void expect(const char *bytes, const char *zones)
{
	struct zm_conf conf;
	struct zm_error err;
	struct zm_buf text = {0};
	if (!parse(&conf, bytes, &err)) {
		zm_buf_printf(&text, "%s", err.text);
	}
	for (size_t i = 0; i < conf.count; i++) {
		add_zone(&text, &conf.zone[i]);
	}
	ZM_ASSERT_STR(zm_buf_str(&text), zones);
	zm_buf_release(&text);
	zm_arena_release(&arena);
}

static void comments_quotes_and_classes_are_read_as_named_does(void)
{
	expect("# one\n// two\n/* three\n zone \"no\" {}; */ zone \"A.example\" IN {\n"
	       "\ttype master; # zone b { };\n\tfile \"a\"; };",
	       "A.example. primary a|");
	expect("zone a.example { type primary; file a/b//c\n; };", "a.example. primary a/b|");
	expect("zone \"a\\.b.example.\" { type primary; file \"x\\\"y\\z\"; };",
	       "a\\.b.example. primary x\"y\\z|");
	expect("ZONE \".\" in { TYPE Hint; FILE \"root\"; };", ". hint root|");
	expect("zone \"b\" CHAOS { type primary; file \"b\"; };", "b. primary b other class|");
	expect("view v CH { zone \"b\" { type primary; file \"b\"; }; };",
	       "b.@v primary b other class|");
	expect("", "");
	expect(";;;", "");
}

static void diagnostics_of_named_checkconf_are_passed_over(void)
{
	expect("a.conf:3: 'inline-signing' default changed; \"see\nnone:98: x { y\n"
	       "options { directory \"d\"; };\nb.conf:4: odd }\nzone a { file a; };\nx: y",
	       "a. primary d/a|");
}

static void types_have_two_names(void)
{
	expect("zone a { type slave; }; zone b { type secondary; }; zone c { type mirror; };"
	       "zone d { type stub; }; zone e { type static-stub; }; zone f { type forward; };"
	       "zone g { type redirect; file g; }; zone h { type native; file h; };"
	       "zone i { type delegation-only; }; zone j { file j; };",
	       "a. secondary -|b. secondary -|c. mirror -|d. stub -|e. static-stub -|"
	       "f. forward -|g. redirect g|h. primary h|i. delegation-only -|j. primary j|");
}

static void a_zone_inherits_from_its_view_and_from_the_options(void)
{
	expect("zone a { file a; }; options { allow-update { key k; }; };",
	       "a. primary a updates|");
	expect("options { allow-update { any; }; }; view v { allow-update { none; };"
	       "zone a { file a; }; zone b { file b; allow-update { 192.0.2.0/24; }; }; };",
	       "a.@v primary a|b.@v primary b updates|");
	expect("view v { zone a { file a; }; ixfr-from-differences yes; masterfile-format raw; };"
	       "zone b { file b; };",
	       "a.@v primary a differences raw|b. primary b|");
	expect("options { ixfr-from-differences secondary; dnssec-policy p; };"
	       "zone a { file a; }; zone b { file b; dnssec-policy none; };"
	       "zone c { file c; update-policy local; };"
	       "zone d { file d; update-policy local; inline-signing yes; };"
	       "zone e { file e; inline-signing no; };",
	       "a. primary a inline|b. primary b|c. primary c updates|"
	       "d. primary d updates inline|e. primary e|");
	expect("dnssec-policy \"p\" { keys { csk lifetime unlimited algorithm 13; }; };"
	       "zone a { file a; };",
	       "a. primary a|");
}

static void who_may_update_is_told_from_the_list(void)
{
	static const struct {
		const char *list;
		bool updates;
	} table[] = {
		{"{ none; }", false},     {"{ }", false},
		{"{ !any; }", false},     {"{ !key k; none; }", false},
		{"{ any; }", true},       {"{ !10.0.0.1; 10.0.0.0/8; }", true},
		{"{ key \"k\"; }", true}, {"{ !{ 10.0.0.1; }; }", true},
		{"{ { none; }; }", true},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_conf conf;
		struct zm_error err;
		struct zm_str text = zm_arena_printf(&arena, "zone a { file a; allow-update %s; };",
						     table[i].list);
		CU_ASSERT_FATAL(parse(&conf, text.data, &err));
		if (conf.zone[0].takes_updates != table[i].updates) {
			printf("\n%s\n", table[i].list);
			CU_FAIL("a list was misread");
		}
	}
	zm_arena_release(&arena);
}

static void a_zone_may_stand_in_another_view(void)
{
	expect("view a { zone x { file x; update-policy local; }; };"
	       "view b { zone X. { in-view \"a\"; }; };",
	       "x.@a primary x updates|x.@b primary x updates|");
	expect("view b {\n zone x { in-view a; }; };", "named.conf:2:7: view a has no zone x.");
}

static void a_zone_may_be_made_from_a_template(void)
{
	expect("template t { type primary; file \"z/$name.db\"; allow-update { any; }; };"
	       "zone A.example { template t; };"
	       "zone b.example { template t; file b; allow-update { none; }; };"
	       "view v { zone c.example { template t; type secondary; file \"$view/$type/$other\"; "
	       "}; };",
	       "A.example. primary z/a.example.db updates|b.example. primary b|"
	       "c.example.@v secondary v/secondary/$other updates|");
	expect("zone a { template t; };", "named.conf:1:6: no template t");
	expect("template t { file \"\"; }; zone a { template t; };",
	       "named.conf:1:19: a path that cannot be");
	expect("template t { file \"a\"; }; template t2 { };", "");
	expect("template t { in-view v; };", "");
}

static void names_begin_in_the_directory(void)
{
	expect("zone a { file a; journal j; }; options { directory \"d/\"; };"
	       "zone b { file \"/b\"; };",
	       "a. primary d/a| journal d/jb. primary /b|");
	expect("options { directory \".\"; }; zone a { file a; };", "a. primary a|");
	expect("zone a { database \"dlz x\"; }; zone b { database rbt; file b; };",
	       "a. primary - elsewhere|b. primary b|");
}

static void what_is_wrong_has_its_place(void)
{
	static const struct {
		const char *bytes;
		const char *err;
	} table[] = {
		{"zone a { file a; }", "1:1: statement without a semicolon at its end"},
		{"\nzone a { file a };", "2:10: statement without a semicolon at its end"},
		{"zone a { file a;\n", "1:8: block that is never closed"},
		{"};", "1:1: closing brace without an opening one"},
		{"zone \"a", "1:6: quote that is never closed"},
		{"/* x", "1:1: comment that is never closed"},
		{"zone { };", "1:6: a zone's name is expected here"},
		{"zone a b c;", "1:10: a block in braces is expected here"},
		{"zone a..b { };", "1:6: zone's name: empty label"},
		{"zone a { };", "1:6: zone a. has no file"},
		{"zone a { type primry; };", "1:15: unknown type of zone; did you mean primary?"},
		{"zone a { type x; };", "1:15: unknown type of zone"},
		{"zon a { file a; };", "1:1: unknown statement; did you mean zone?"},
		{"zone a { fiel a; };", "1:10: unknown statement; did you mean file?"},
		{"zone a { file \"\"; };", "1:15: a path that cannot be"},
		{"include;", "1:8: include needs a file's name"},
		{"{ x; };", "1:1: a statement is expected here"},
		{"include \"no/such/*.conf\";", "1:9: no file fits no/such/*.conf"},
		{"include \"*/*/*/*\";", "1:9: */*/*/* has wildcards in more than 3 folders"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct zm_conf conf;
		struct zm_error err;
		CU_ASSERT_FALSE(parse(&conf, table[i].bytes, &err));
		struct zm_str want = zm_arena_printf(&arena, "named.conf:%s", table[i].err);
		ZM_ASSERT_STR(zm_str_from(err.text), want.data);
	}
	zm_arena_release(&arena);
}

static void blocks_have_a_limit_of_depth(void)
{
	struct zm_buf text = {0};
	zm_buf_add(&text, ZM_STR("acl a "));
	zm_buf_add_repeat(&text, '{', ZM_CONF_BRACES_MAX + 1);
	expect(text.data, "named.conf:1:71: blocks nest deeper than 64");
	text.len = 0;
	zm_buf_add(&text, ZM_STR("acl a "));
	zm_buf_add_repeat(&text, '{', ZM_CONF_BRACES_MAX);
	expect(text.data, "named.conf:1:1: statement without a semicolon at its end");
	zm_buf_release(&text);
}

/* ---- Files ---- */

static struct zm_sandbox box;
static char folder_before[4096];

static void enter_sandbox(void)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(folder_before, sizeof(folder_before)));
	zm_sandbox_open(&box);
	CU_ASSERT_EQUAL_FATAL(chdir(box.folder), 0);
}

static void leave_sandbox(void)
{
	CU_ASSERT_EQUAL(chdir(folder_before), 0);
	zm_sandbox_close(&box);
	zm_arena_release(&arena);
}

static void put(const char *name, const char *bytes)
{
	const char *slash = strrchr(name, '/');
	if (slash != NULL) {
		char folder[64];
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - name), name);
		(void)!mkdir(folder, 0700);
	}
	zm_sandbox_put(name, zm_str_from(bytes));
}

static void expect_read(const char *path, const char *root, const char *zones)
{
	struct zm_conf conf = {0};
	struct zm_error err;
	struct zm_buf text = {0};
	if (zm_conf_read(&conf, &arena, path, root, &err) != ZM_CONF_READ) {
		zm_buf_printf(&text, "%s", err.text);
	}
	for (size_t i = 0; i < conf.count; i++) {
		add_zone(&text, &conf.zone[i]);
	}
	for (size_t i = 0; i < conf.unreadable_count; i++) {
		zm_buf_printf(&text, "%s", conf.unreadable[i]);
	}
	ZM_ASSERT_STR(zm_buf_str(&text), zones);
	zm_buf_release(&text);
}

static void files_are_included_anywhere(void)
{
	enter_sandbox();
	put("named.conf", "include \"options\"; include \"more/*.conf\";");
	put("options", "options { directory \"etc\"; include \"inner\"; };");
	put("etc/inner", "allow-update { any; };");
	put("etc/zone.inc", "type primary; file \"one\";");
	(void)!mkdir("etc/more", 0700);
	put("etc/more/b.conf", "zone b { file b; };");
	put("etc/more/a.conf", "zone a { include \"zone.inc\"; };");
	expect_read("named.conf", NULL, "a. primary etc/one updates|b. primary etc/b updates|");
	put("etc/more/b.conf", "zone b { file b; }; }; zone c { file c; };");
	expect_read("named.conf", NULL,
		    "etc/more/b.conf:1:21: closing brace without an opening one");
	put("etc/more/b.conf", "include \"more/b.conf\";");
	expect_read("named.conf", NULL, "etc/more/b.conf:1:9: etc/more/b.conf includes itself");
	put("etc/more/b.conf", "\ninclude \"gone\";");
	expect_read(
		"named.conf", NULL,
		"a. primary etc/one updates|etc/more/b.conf:2:9: etc/gone: cannot read: No such "
		"file or directory");
	put("odd.conf", "named.conf:7: zone x { file x; };");
	expect_read("odd.conf", NULL, "");
	put("odd.conf", "x: zone a { file a; };\nzone b { file b; };");
	expect_read("odd.conf", NULL, "b. primary b|");
	expect_read("missing.conf", NULL, "missing.conf: cannot read: No such file or directory");
	leave_sandbox();
}

static void without_a_directory_names_begin_here_or_beside_the_configuration(void)
{
	enter_sandbox();
	put("etc/named.conf", "include \"more\"; zone a { file a; }; zone b { file b; };");
	put("etc/more", "");
	put("etc/a", "");
	expect_read("etc/named.conf", NULL, "a. primary etc/a|b. primary b|");
	put("a", "");
	expect_read("etc/named.conf", NULL,
		    "etc/named.conf:1:31: no directory is set, and both a and etc/a are there: "
		    "write the whole path");
	put("etc/named.conf", "options { directory \"etc\"; }; zone a { file a; };");
	expect_read("etc/named.conf", NULL, "a. primary etc/a|");
	leave_sandbox();
}

static void nothing_outside_of_the_root_is_included(void)
{
	enter_sandbox();
	put("secret", "zone s { file s; };");
	put("repo/inside", "zone i { file i; };");
	put("repo/named.conf", "include \"repo/inside\";");
	expect_read("repo/named.conf", "repo", "i. primary i|");
	put("repo/named.conf", "include \"repo/in*\";");
	expect_read("repo/named.conf", "repo", "i. primary i|");
	put("repo/named.conf", "include \"gone\";");
	expect_read("repo/named.conf", "repo",
		    "repo/named.conf:1:9: gone: cannot read: No such file or directory");
	put("repo/named.conf", "include \"secret\";");
	expect_read("repo/named.conf", "repo",
		    "repo/named.conf:1:9: secret lies outside of the root folder repo");
	put("repo/named.conf", "include \"repo/../s*\";");
	expect_read("repo/named.conf", "repo",
		    "repo/named.conf:1:9: repo/../s* lies outside of the root folder repo");
	leave_sandbox();
}

static void includes_have_a_limit_of_depth(void)
{
	enter_sandbox();
	for (int i = 0; i <= ZM_CONF_INCLUDE_DEPTH_MAX; i++) {
		char name[16];
		char bytes[32];
		snprintf(name, sizeof(name), "%d", i);
		snprintf(bytes, sizeof(bytes), "include \"%d\";", i + 1);
		put(name, bytes);
	}
	put("16", "zone a { file a; };");
	expect_read("0", NULL, "a. primary a|");
	put("16", "include \"17\";");
	put("17", "");
	expect_read("0", NULL, "16:1:9: include nests deeper than 16");
	leave_sandbox();
}

static const struct zm_test_case cases[] = {
	{"comments, quotes and classes are read as named does",
	 comments_quotes_and_classes_are_read_as_named_does},
	{"diagnostics of named-checkconf are passed over",
	 diagnostics_of_named_checkconf_are_passed_over},
	{"types have two names", types_have_two_names},
	{"a zone inherits from its view and from the options",
	 a_zone_inherits_from_its_view_and_from_the_options},
	{"who may update is told from the list", who_may_update_is_told_from_the_list},
	{"a zone may stand in another view", a_zone_may_stand_in_another_view},
	{"a zone may be made from a template", a_zone_may_be_made_from_a_template},
	{"names begin in the directory", names_begin_in_the_directory},
	{"what is wrong has its place", what_is_wrong_has_its_place},
	{"blocks have a limit of depth", blocks_have_a_limit_of_depth},
	{"files are included anywhere", files_are_included_anywhere},
	{"without a directory, names begin here or beside the configuration",
	 without_a_directory_names_begin_here_or_beside_the_configuration},
	{"nothing outside of the root is included", nothing_outside_of_the_root_is_included},
	{"includes have a limit of depth", includes_have_a_limit_of_depth},
	{NULL, NULL},
};

void test_conf(void)
{
	zm_test_suite("conf", cases);
}
