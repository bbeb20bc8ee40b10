#include "base/buf.h"
#include "fix/layout.h"
#include "zone/whole/names.h"
#include "zone/whole/owned.h"

#include <string.h>

enum { TAB_WIDTH = 8 };

/* How well a record serves as the model of a new TXT: mail's own records first, the SOA last. */
static int rank(uint16_t type)
{
	switch (type) {
	case ZM_TYPE_TXT:
		return 5;
	case ZM_TYPE_SPF:
	case ZM_TYPE_MX:
		return 4;
	case ZM_TYPE_NS:
		return 3;
	case ZM_TYPE_SOA:
		return 1;
	default:
		return 2;
	}
}

/* What the new record is made after, and where it goes. */
struct model {
	const struct zm_record *record;
	struct zm_span gap;     /* the blanks after the type */
	struct zm_str line_end; /* empty at the end of a file without a final newline */
};

static void take_model(struct model *model, const struct zm_record *record)
{
	struct zm_str bytes = record->source->bytes;
	const struct zm_token *last =
		record->rdata_count > 0 ? &record->rdata[record->rdata_count - 1] : NULL;
	model->record = record;
	model->gap = (struct zm_span){record->type_at.end, record->type_at.end};
	if (record->rdata_count > 0 && record->rdata[0].kind == ZM_SPACE) {
		model->gap.end = record->rdata[0].end;
	}
	bool has_line_end = last != NULL && last->kind == ZM_NEWLINE;
	model->line_end = has_line_end ? zm_str_sub(bytes, last->start, last->end) : ZM_STR("");
}

/* The zone's own file comes before all that it includes. */
static bool is_better(const struct zm_record *record, const struct zm_record *best,
		      const struct zm_zone *zone)
{
	if (best == NULL) {
		return true;
	}
	bool is_own = record->source == zone->source;
	bool best_is_own = best->source == zone->source;
	return is_own == best_is_own ? rank(record->type) >= rank(best->type) : is_own;
}

/* The last record of the owner of the best rank. */
static void find_model(struct model *model, struct zm_arena *arena, const struct zm_zone *zone,
		       struct zm_name owner)
{
	const struct zm_record *best = NULL;
	size_t count;
	const struct zm_owned *owned = zm_zone_owned(zone, zm_names_hash(owner), &count);
	for (size_t i = 0; i < count; i++) {
		const struct zm_record *record = zm_zone_record(zone, arena, owned[i].number);
		if (record->source->made_by == NULL && zm_name_eq(record->owner, owner) &&
		    is_better(record, best, zone)) {
			best = record;
		}
	}
	if (best != NULL) {
		take_model(model, best);
	}
}

static size_t column_after(struct zm_str text)
{
	size_t column = 0;
	for (size_t i = 0; i < text.len; i++) {
		column = text.data[i] == '\t' ? (column / TAB_WIDTH + 1) * TAB_WIDTH : column + 1;
	}
	return column;
}

/* Fills up to the column where the model's data begins, with the model's kind of blanks; one at the
 * least. */
static void add_gap(struct zm_buf *out, struct zm_str model_line, struct zm_str model_gap)
{
	size_t wanted = column_after(model_line);
	bool tabs = model_gap.len > 0 && memchr(model_gap.data, '\t', model_gap.len) != NULL;
	bool aligned = tabs || model_gap.len > 1;
	do {
		zm_buf_add_char(out, tabs ? '\t' : ' ');
	} while (aligned && column_after(zm_buf_str(out)) < wanted);
}

/* The bytes of the model's line before its type; false when they hold anything but words and
 * blanks. */
static bool take_head(struct zm_str *head, const struct model *model)
{
	struct zm_str bytes = model->record->source->bytes;
	*head = zm_str_sub(bytes, model->record->at.start, model->record->type_at.start);
	for (size_t i = 0; i < head->len; i++) {
		if (memchr("()\r\n;\"", head->data[i], 6) != NULL) {
			return false;
		}
	}
	return true;
}

static bool is_lower(struct zm_str word)
{
	return word.len > 0 && word.data[0] >= 'a' && word.data[0] <= 'z';
}

/* Head, type, gap and text of the new line, without its end. */
static void write_line(struct zm_buf *out, struct zm_layout *layout, const struct model *model,
		       struct zm_str text)
{
	struct zm_str bytes = model->record->source->bytes;
	struct zm_str type = zm_str_at(bytes, model->record->type_at);
	struct zm_str head;
	if (take_head(&head, model)) {
		struct zm_str model_line =
			zm_str_sub(bytes, model->record->at.start, model->gap.end);
		zm_buf_add(out, head);
		zm_buf_add(out, is_lower(type) ? ZM_STR("txt") : ZM_STR("TXT"));
		add_gap(out, model_line, zm_str_at(bytes, model->gap));
	} else {
		struct zm_str owner = zm_name_text(layout->arena, model->record->owner);
		zm_buf_printf(out, "%.*s %u IN TXT ", ZM_STR_ARG(owner),
			      (unsigned)model->record->ttl);
	}
	zm_layout_quote(out, text);
}

/* The file's own line end, for a line after a last one that has none. */
static struct zm_str usual_line_end(struct zm_str bytes)
{
	const char *lf = bytes.len == 0 ? NULL : memchr(bytes.data, '\n', bytes.len);
	bool crlf = lf != NULL && lf > bytes.data && lf[-1] == '\r';
	return crlf ? ZM_STR("\r\n") : ZM_STR("\n");
}

bool zm_layout_insert(struct zm_layout *layout, const struct zm_op *op)
{
	struct model model = {0};
	find_model(&model, layout->arena, layout->zone, op->owner);
	if (model.record == NULL) {
		return zm_error_set(layout->err,
				    "the name's records are made by $GENERATE: add one by hand");
	}
	struct zm_source *source = model.record->source;
	struct zm_buf out = {0};
	struct zm_buf line = {0};
	write_line(&line, layout, &model, op->text);
	if (model.line_end.len == 0) {
		zm_buf_add(&out, usual_line_end(source->bytes));
	}
	zm_buf_add(&out, zm_buf_str(&line));
	zm_buf_add(&out, model.line_end);
	size_t at = model.record->at.end;
	zm_edits_add(
		layout->edits, layout->arena,
		(struct zm_edit){source, {at, at}, zm_arena_copy(layout->arena, zm_buf_str(&out))});
	zm_buf_release(&line);
	zm_buf_release(&out);
	return true;
}
