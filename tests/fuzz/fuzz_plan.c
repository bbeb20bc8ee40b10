/*
 * Any bytes as the plan of a fix that was cut short: either none, or one that names folders by
 * whole paths and files by bare names, each beside a temporary file of its own; and that is written
 * as it was read.
 */
#include "base/plan/record.h"
#include "base/replacing.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_file(const struct zm_plan *plan, const struct zm_plan_file *file)
{
	claim(file->folder < plan->folders);
	claim(file->name[0] != '\0' && strchr(file->name, '/') == NULL);
	claim(strcmp(file->name, ".") != 0 && strcmp(file->name, "..") != 0);
	claim(strchr(file->temporary, '/') == NULL && strcmp(file->temporary, file->name) != 0);
	claim(zm_replacing_is_temporary(file->temporary, file->name));
}

/* Letters may be written as %XX too, so that only the second writing is the same as the first. */
static void check_written(struct zm_arena *arena, const struct zm_plan *plan)
{
	struct zm_buf once = {0};
	struct zm_buf twice = {0};
	struct zm_plan again;
	zm_plan_print(&once, plan);
	claim(zm_plan_parse(&again, arena, zm_buf_str(&once)));
	zm_plan_print(&twice, &again);
	claim(zm_str_eq(zm_buf_str(&once), zm_buf_str(&twice)));
	zm_buf_release(&once);
	zm_buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_plan plan;
	if (zm_plan_parse(&plan, &arena, (struct zm_str){(const char *)data, size})) {
		for (size_t i = 0; i < plan.folders; i++) {
			claim(plan.folder[i][0] == '/');
		}
		for (size_t i = 0; i < plan.files; i++) {
			check_file(&plan, &plan.file[i]);
		}
		check_written(&arena, &plan);
	}
	zm_arena_release(&arena);
	return 0;
}
