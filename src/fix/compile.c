#include "fix/compile.h"

#include "fix/layout.h"

static bool changes_text(const struct zm_op *op)
{
	return op->kind == ZM_OP_REPLACE || op->kind == ZM_OP_REWRITE || op->kind == ZM_OP_RESPLIT;
}

/* Stable, and lists are short. */
static void sort_by_place(struct zm_op *op, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct zm_op moved = op[i];
		size_t j = i;
		for (; j > 0 && op[j - 1].at.start > moved.at.start; j--) {
			op[j] = op[j - 1];
		}
		op[j] = moved;
	}
}

static bool was_seen(const struct zm_fix *fix, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (changes_text(&fix->op[j]) && fix->op[j].record == fix->op[i].record) {
			return true;
		}
	}
	return false;
}

/* All operations on the text of op[i]'s record, together. */
static bool compile_record(struct zm_layout *layout, const struct zm_fix *fix, size_t i)
{
	struct zm_op *op = zm_arena_array(layout->arena, fix->count, sizeof(*op));
	size_t count = 0;
	for (size_t j = i; j < fix->count; j++) {
		if (changes_text(&fix->op[j]) && fix->op[j].record == fix->op[i].record) {
			op[count++] = fix->op[j];
		}
	}
	sort_by_place(op, count);
	return zm_layout_text(layout, fix->op[i].record, op, count);
}

static bool compile_ops(struct zm_layout *layout, const struct zm_fix *fix)
{
	for (size_t i = 0; i < fix->count; i++) {
		const struct zm_op *op = &fix->op[i];
		if (changes_text(op) && !was_seen(fix, i) && !compile_record(layout, fix, i)) {
			return false;
		}
		if (op->kind == ZM_OP_SERIAL) {
			zm_edits_add(layout->edits, layout->arena,
				     (struct zm_edit){op->record->source, op->record->serial_at,
						      op->text});
		}
		if (op->kind == ZM_OP_INSERT && !zm_layout_insert(layout, op)) {
			return false;
		}
	}
	return zm_layout_delete(layout, fix->op, fix->count);
}

bool zm_fix_compile(struct zm_edits *edits, struct zm_arena *arena, const struct zm_zone *zone,
		    const struct zm_fix *fix, struct zm_error *err)
{
	struct zm_layout layout = {.arena = arena, .zone = zone, .edits = edits, .err = err};
	*edits = (struct zm_edits){0};
	if (!compile_ops(&layout, fix)) {
		return false;
	}
	if (!zm_edits_settle(edits)) {
		return zm_error_set(err, "the fix would change the same bytes twice");
	}
	return true;
}
