#include "test.h"

#include "base/git_tree.h"
#include "sandbox.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct kit {
	struct zm_sandbox box;
	struct zm_git git;
	struct zm_git_tree tree;
};

static void run(struct kit *kit, const char *a, const char *b, const char *c)
{
	const char *argv[] = {"git", "-c", "user.name=a", "-c", "user.email=a@b.example", a,
			      b,     c,    NULL};
	CU_ASSERT_FATAL(zm_sandbox_run(&kit->box, "", argv));
}

static void put(struct kit *kit, const char *name, struct zm_str bytes)
{
	zm_sandbox_put(zm_sandbox_path(&kit->box, name), bytes);
}

static void make_link(struct kit *kit, const char *name, const char *target)
{
	CU_ASSERT_FATAL(symlink(target, zm_sandbox_path(&kit->box, name)) == 0);
}

/* All of it in one commit, and other things there since. */
static void open_kit(struct kit *kit)
{
	zm_sandbox_open(&kit->box);
	run(kit, "init", "-q", NULL);
	CU_ASSERT_FATAL(mkdir(zm_sandbox_path(&kit->box, "zones"), 0700) == 0);
	put(kit, "zones/a b.zone", (struct zm_str){"a\n\0b", 4});
	put(kit, "zones/a b.zone.old", ZM_STR("older"));
	put(kit, "zones/line\nend", ZM_STR("end"));
	put(kit, "empty", ZM_STR(""));
	make_link(kit, "link", "zones/../zones/a b.zone");
	make_link(kit, "zones/up", "../empty");
	make_link(kit, "folder", "zones/.");
	make_link(kit, "out", "../../x");
	make_link(kit, "absolute", "/etc/passwd");
	make_link(kit, "round", "round");
	run(kit, "add", "-A", NULL);
	run(kit, "commit", "-q", "-mone");
	put(kit, "zones/a b.zone", ZM_STR("new"));
	CU_ASSERT_FATAL(unlink(zm_sandbox_path(&kit->box, "empty")) == 0);
	CU_ASSERT_FATAL(
		zm_git_open(&kit->git, &kit->box.arena, kit->box.folder, "HEAD", &kit->box.err));
	CU_ASSERT_FATAL(zm_git_tree_list(&kit->tree, &kit->box.arena, &kit->git, &kit->box.err));
}

static struct zm_git_entry *find(struct kit *kit, const char *name, enum zm_git_found want)
{
	struct zm_git_entry *entry;
	enum zm_git_found found =
		zm_git_tree_find(&kit->tree, &kit->box.arena, zm_str_from(name), &entry);
	CU_ASSERT_EQUAL(found, want);
	return entry;
}

static void files_are_read_as_they_were(void)
{
	static const struct {
		const char *name;
		struct zm_str bytes;
	} file[] = {
		{"zones/a b.zone", {"a\n\0b", 4}},
		{"zones/a b.zone.old", {"older", 5}},
		{"zones/line\nend", {"end", 3}},
		{"empty", {"", 0}},
		{"link", {"a\n\0b", 4}},
		{"zones/up", {"", 0}},
		{"folder/a b.zone.old", {"older", 5}},
		{"folder/up", {"", 0}},
	};
	enum { FILES = sizeof(file) / sizeof(*file) };
	struct kit kit;
	struct zm_git_entry *list[FILES];
	open_kit(&kit);
	for (size_t i = 0; i < FILES; i++) {
		list[i] = find(&kit, file[i].name, ZM_GIT_IS_THERE);
	}
	CU_ASSERT(zm_git_tree_fetch(&kit.tree, &kit.box.arena, list, FILES, &kit.box.err));
	for (size_t i = 0; i < FILES; i++) {
		CU_ASSERT(list[i]->is_read && zm_str_eq(list[i]->bytes, file[i].bytes));
	}
	zm_sandbox_close(&kit.box);
}

static void a_file_that_is_asked_for_twice_is_read_once(void)
{
	struct kit kit;
	open_kit(&kit);
	struct zm_git_entry *old = find(&kit, "zones/a b.zone.old", ZM_GIT_IS_THERE);
	struct zm_git_entry *end = find(&kit, "zones/line\nend", ZM_GIT_IS_THERE);
	struct zm_git_entry *list[] = {old, old, end, old, end};
	CU_ASSERT(zm_git_tree_fetch(&kit.tree, &kit.box.arena, list, 5, &kit.box.err));
	ZM_ASSERT_STR(old->bytes, "older");
	ZM_ASSERT_STR(end->bytes, "end");
	zm_sandbox_close(&kit.box);
}

static void what_was_no_file_is_absent(void)
{
	static const char *const name[] = {"zones", "none", "zones/a", "empty/x", "", "folder"};
	struct kit kit;
	open_kit(&kit);
	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		find(&kit, name[i], ZM_GIT_IS_ABSENT);
	}
	zm_sandbox_close(&kit.box);
}

static void a_link_may_lead_out(void)
{
	struct kit kit;
	open_kit(&kit);
	find(&kit, "out", ZM_GIT_IS_OUTSIDE);
	find(&kit, "absolute", ZM_GIT_IS_OUTSIDE);
	find(&kit, "round", ZM_GIT_IS_OUTSIDE);
	zm_sandbox_close(&kit.box);
}

static void a_submodule_is_not_looked_into(void)
{
	struct kit kit;
	open_kit(&kit);
	const char *argv[] = {"git", "clone", "-q", ".", "inner", NULL};
	CU_ASSERT_FATAL(zm_sandbox_run(&kit.box, "", argv));
	run(&kit, "add", "inner", NULL);
	run(&kit, "commit", "-q", "-mtwo");
	CU_ASSERT_FATAL(
		zm_git_open(&kit.git, &kit.box.arena, kit.box.folder, "HEAD", &kit.box.err));
	CU_ASSERT_FATAL(zm_git_tree_list(&kit.tree, &kit.box.arena, &kit.git, &kit.box.err));
	struct zm_git_entry *entry = find(&kit, "inner/zones/a b.zone", ZM_GIT_IS_IN_SUBMODULE);
	ZM_ASSERT_STR(entry->path, "inner");
	zm_sandbox_close(&kit.box);
}

static void bytes_that_git_has_lost_are_an_error(void)
{
	struct kit kit;
	open_kit(&kit);
	struct zm_git_entry *entry = find(&kit, "zones/a b.zone", ZM_GIT_IS_THERE);
	struct zm_str object =
		zm_arena_printf(&kit.box.arena, ".git/objects/%.2s/%.*s", entry->id.data,
				(int)entry->id.len - 2, entry->id.data + 2);
	CU_ASSERT_FATAL(unlink(zm_sandbox_path(&kit.box, object.data)) == 0);
	CU_ASSERT_FALSE(zm_git_tree_fetch(&kit.tree, &kit.box.arena, &entry, 1, &kit.box.err));
	CU_ASSERT(strstr(kit.box.err.text, "git lacks zones/a b.zone of HEAD") != NULL);
	zm_sandbox_close(&kit.box);
}

static const struct zm_test_case cases[] = {
	{"files are read as they were", files_are_read_as_they_were},
	{"a file that is asked for twice is read once",
	 a_file_that_is_asked_for_twice_is_read_once},
	{"what was no file is absent", what_was_no_file_is_absent},
	{"a link may lead out", a_link_may_lead_out},
	{"a submodule is not looked into", a_submodule_is_not_looked_into},
	{"bytes that git has lost are an error", bytes_that_git_has_lost_are_an_error},
	{NULL, NULL},
};

void test_git_tree(void)
{
	zm_test_suite("git_tree", cases);
}
