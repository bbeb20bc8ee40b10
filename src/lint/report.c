#include "lint/lint.h"

static struct zm_finding *add_finding(struct zm_lint *lint, struct zm_source *source,
				      struct zm_span at)
{
	struct zm_findings *findings = lint->findings;
	struct zm_finding *finding = zm_arena_alloc(lint->arena, sizeof(*finding));
	finding->rule = lint->rule;
	finding->severity = lint->view->rule[lint->rule].severity;
	finding->zone = lint->zone;
	bool is_made = source->made_by != NULL; /* by $GENERATE, which is then the place */
	finding->source = is_made ? source->made_by : source;
	finding->at = is_made ? source->made_at : at;
	if (lint->owner != NULL) {
		finding->owner = lint->owner->name;
		finding->is_of_several = lint->owner->spf_count > 1;
	}
	findings->item = zm_arena_grow(lint->arena, findings->item, findings->count,
				       &findings->capacity, sizeof(struct zm_finding *));
	findings->item[findings->count++] = finding;
	return finding;
}

size_t zm_lint_entry_of(const struct zm_record *record)
{
	return record->source->made_by == NULL ? record->at.start : 0;
}

struct zm_finding *zm_lint_report(struct zm_lint *lint, struct zm_span at, const char *format, ...)
{
	const struct zm_record *record = lint->current->record;
	struct zm_finding *finding =
		add_finding(lint, record->source, zm_text_place(record->text, at));
	finding->entry = zm_lint_entry_of(record);
	finding->record = record;
	va_list args;
	va_start(args, format);
	finding->message = zm_arena_vprintf(lint->arena, format, args);
	va_end(args);
	return finding;
}

/* From the first word of the RDATA to the last; the whole entry without its line end where there is
 * none. */
static struct zm_span record_place(const struct zm_record *record)
{
	struct zm_span place = {record->type_at.start, record->type_at.end};
	bool is_text = record->text != NULL && record->text->strings > 0;
	if (is_text) {
		place.start = record->text->string[0].at.start;
		place.end = record->text->string[record->text->strings - 1].at.end;
	}
	return place;
}

struct zm_finding *zm_lint_report_record(struct zm_lint *lint, const struct zm_record *record,
					 const char *format, ...)
{
	struct zm_finding *finding = add_finding(lint, record->source, record_place(record));
	finding->entry = zm_lint_entry_of(record);
	finding->record = record;
	va_list args;
	va_start(args, format);
	finding->message = zm_arena_vprintf(lint->arena, format, args);
	va_end(args);
	return finding;
}

struct zm_finding *zm_lint_report_at(struct zm_lint *lint, struct zm_source *source,
				     struct zm_span at, const char *format, ...)
{
	struct zm_finding *finding = add_finding(lint, source, at);
	va_list args;
	va_start(args, format);
	finding->message = zm_arena_vprintf(lint->arena, format, args);
	va_end(args);
	return finding;
}

void zm_finding_fix(struct zm_lint *lint, struct zm_finding *finding, enum zm_safety safety,
		    const char *format, ...)
{
	va_list args;
	va_start(args, format);
	finding->fix.title = zm_arena_vprintf(lint->arena, format, args);
	va_end(args);
	finding->fix.safety = safety;
}

void zm_fix_add(struct zm_lint *lint, struct zm_finding *finding, struct zm_op op)
{
	struct zm_fix *fix = &finding->fix;
	fix->op = zm_arena_grow(lint->arena, fix->op, fix->count, &fix->capacity, sizeof(*fix->op));
	fix->op[fix->count++] = op;
}

void zm_fix_replace(struct zm_lint *lint, struct zm_finding *finding, struct zm_span at,
		    struct zm_str text)
{
	zm_fix_add(lint, finding,
		   (struct zm_op){.kind = ZM_OP_REPLACE,
				  .record = lint->current->record,
				  .at = at,
				  .text = text});
}

void zm_fix_remove_term(struct zm_lint *lint, struct zm_finding *finding,
			const struct zm_spf_term *term)
{
	struct zm_str text = lint->current->text;
	struct zm_span gone = term->at;
	while (gone.start > 0 && text.data[gone.start - 1] == ' ') {
		gone.start--;
	}
	zm_fix_replace(lint, finding, gone, ZM_STR(""));
}

void zm_fix_insert_before(struct zm_lint *lint, struct zm_finding *finding,
			  const struct zm_spf_term *term, struct zm_str text)
{
	struct zm_span before = {term->at.start, term->at.start};
	zm_fix_replace(lint, finding, before,
		       zm_arena_printf(lint->arena, "%.*s ", ZM_STR_ARG(text)));
}

void zm_fix_append(struct zm_lint *lint, struct zm_finding *finding, struct zm_str text)
{
	struct zm_str whole = lint->current->text;
	size_t end = whole.len;
	while (end > 0 && whole.data[end - 1] == ' ') {
		end--;
	}
	zm_fix_replace(lint, finding, (struct zm_span){end, end},
		       zm_arena_printf(lint->arena, " %.*s", ZM_STR_ARG(text)));
}
