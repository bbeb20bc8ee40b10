#include "fix/layout.h"

#include "zone/head.h"

static void add_edit(struct zm_layout *layout, struct zm_source *source, struct zm_span at,
		     struct zm_str text)
{
	zm_edits_add(layout->edits, layout->arena, (struct zm_edit){source, at, text});
}

/* A line of an entry: all of it goes, or, where it holds a comment, all before that. */
static void delete_line(struct zm_layout *layout, struct zm_source *source, struct zm_span line,
			size_t comment)
{
	if (comment != SIZE_MAX) {
		line.end = comment;
	}
	add_edit(layout, source, line, ZM_STR(""));
}

static void delete_entry(struct zm_layout *layout, const struct zm_record *record)
{
	struct zm_scan scan = zm_scan_start(record->source->bytes);
	struct zm_entry entry;
	scan.at = record->at.start;
	if (zm_scan_next(&scan, &entry)) {
		struct zm_span line = {entry.at.start, entry.at.start};
		size_t comment = SIZE_MAX;
		for (size_t i = 0; i < entry.count; i++) {
			line.end = entry.token[i].end;
			comment =
				entry.token[i].kind == ZM_COMMENT ? entry.token[i].start : comment;
			if (entry.token[i].kind == ZM_NEWLINE || i + 1 == entry.count) {
				delete_line(layout, record->source, line, comment);
				line.start = line.end;
				comment = SIZE_MAX;
			}
		}
	}
	zm_scan_release(&scan);
}

static bool is_deleted(const struct zm_op *op, size_t count, const struct zm_source *source,
		       size_t start)
{
	for (size_t i = 0; i < count; i++) {
		if (op[i].kind == ZM_OP_DELETE && op[i].record->source == source &&
		    op[i].record->at.start == start) {
			return true;
		}
	}
	return false;
}

/* Puts the owner where the heir has blanks; it takes their place where they are wide enough, so
 * that columns stay. */
static void bequeath(struct zm_layout *layout, struct zm_source *source, struct zm_token blank,
		     struct zm_str owner)
{
	struct zm_span place = {blank.start, blank.start};
	bool fits = blank.end - blank.start > owner.len;
	for (size_t i = blank.start; fits && i < blank.start + owner.len; i++) {
		fits = source->bytes.data[i] == ' ';
	}
	if (fits) {
		place.end += owner.len;
	}
	add_edit(layout, source, place, owner);
}

/*
 * RFC 1035 5.1: a line that begins with a blank has the owner of the record before it. Where that
 * record goes, its heir must be told the owner's name, unless it goes as well.
 */
static bool keep_owner(struct zm_layout *layout, const struct zm_record *gone,
		       const struct zm_op *op, size_t count)
{
	struct zm_source *source = gone->source;
	struct zm_scan scan = zm_scan_start(source->bytes);
	struct zm_entry entry;
	bool safe = true;
	bool done =
		gone->owner_at.start == gone->owner_at.end; /* it has inherited its owner itself */
	scan.at = gone->at.end;
	while (!done && zm_scan_next(&scan, &entry)) {
		struct zm_head head;
		zm_head_read(&head, &entry, source->bytes);
		if (head.kind == ZM_ENTRY_DIRECTIVE) {
			struct zm_str name = zm_entry_text(&entry, head.first, source->bytes);
			/* Behind another origin the same text would be another name. */
			safe = !zm_str_eq_nocase(name, ZM_STR("$ORIGIN"));
		} else if (head.kind != ZM_ENTRY_BLANK && head.owner != SIZE_MAX) {
			done = true;
			safe = true;
		} else if (head.kind != ZM_ENTRY_BLANK &&
			   !is_deleted(op, count, source, entry.at.start)) {
			done = true;
			if (safe) {
				bequeath(layout, source, entry.token[0],
					 zm_str_at(source->bytes, gone->owner_at));
			}
		}
	}
	zm_scan_release(&scan);
	return safe || !done
		       ? true
		       : zm_error_set(
				 layout->err,
				 "a record after $ORIGIN inherits the owner of one that would go");
}

bool zm_layout_delete(struct zm_layout *layout, const struct zm_op *op, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (op[i].kind != ZM_OP_DELETE) {
			continue;
		}
		delete_entry(layout, op[i].record);
		if (!keep_owner(layout, op[i].record, op, count)) {
			return false;
		}
	}
	return true;
}
