/*
 * Any bytes as a baseline: an error with a place, or a baseline that, written and read again, is
 * the same.
 */
#include "lint/baseline.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_written(struct zm_arena *arena, const struct zm_baseline *baseline)
{
	struct zm_buf once = {0};
	struct zm_buf twice = {0};
	struct zm_baseline again;
	struct zm_policy_faults faults;
	zm_baseline_write(&once, baseline);
	claim(zm_baseline_is(zm_buf_str(&once)));
	claim(zm_baseline_read(&again, arena, "b.yaml", zm_buf_str(&once), &faults));
	zm_baseline_write(&twice, &again);
	claim(zm_str_eq(zm_buf_str(&once), zm_buf_str(&twice)));
	zm_buf_release(&once);
	zm_buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_baseline baseline;
	struct zm_policy_faults faults;
	const struct zm_str bytes = {(const char *)data, size};
	if (zm_baseline_read(&baseline, &arena, "b.yaml", bytes, &faults)) {
		check_written(&arena, &baseline);
	} else {
		claim(faults.count > 0 && strncmp(faults.text[0], "b.yaml:", 7) == 0);
	}
	zm_arena_release(&arena);
	return 0;
}
