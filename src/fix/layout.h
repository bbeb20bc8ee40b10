/*
 * layout: the three ways in which a record's bytes change; used by compile.c only. Each adds byte
 * edits, or fails with a reason and may leave some behind, which the caller then drops.
 */
#ifndef ZM_FIX_LAYOUT_H
#define ZM_FIX_LAYOUT_H

#include "base/buf.h"
#include "base/error.h"
#include "fix/edit.h"
#include "lint/finding.h"

struct zm_layout {
	struct zm_arena *arena;
	const struct zm_zone *zone;
	struct zm_edits *edits;
	struct zm_error *err;
};

/*
 * Bytes of a record's text become others: `op` are its REPLACE, REWRITE and RESPLIT operations,
 * sorted by place. A string that has more than 255 bytes afterwards is split where a term begins.
 */
bool zm_layout_text(struct zm_layout *layout, const struct zm_record *record,
		    const struct zm_op *op, size_t count);

/*
 * The records of the DELETE operations go; comments stay, and a record that inherited its owner
 * from one of them is given that owner.
 */
bool zm_layout_delete(struct zm_layout *layout, const struct zm_op *op, size_t count);

/* A TXT record comes, after the last record of its owner that is nearest in kind, and looks like
 * it. */
bool zm_layout_insert(struct zm_layout *layout, const struct zm_op *op);

/* A whole text as character-strings in quotes, each of at most 255 bytes, with a blank between
 * them. */
void zm_layout_quote(struct zm_buf *out, struct zm_str text);

/* One byte as it stands between quotes: escaped where it must be (RFC 1035 5.1). */
void zm_layout_byte(struct zm_buf *out, char byte);

#endif
