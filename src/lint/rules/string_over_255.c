/* string-over-255: the length of a character-string is one byte (RFC 1035 3.3). */
#include "lint/lint.h"
#include "lint/owners.h"

/* The number of the first string that is too long, or of strings. */
static size_t first_long_string(const struct zm_text *text)
{
	size_t i = 0;
	while (i < text->strings &&
	       text->string[i].bytes.end - text->string[i].bytes.start <= ZM_STRING_MAX) {
		i++;
	}
	return i;
}

static bool is_too_long(const struct zm_text *text)
{
	return text != NULL && !text->generic && first_long_string(text) < text->strings;
}

static struct zm_finding *report(struct zm_lint *lint, const struct zm_record *record)
{
	const struct zm_text_string *string =
		&record->text->string[first_long_string(record->text)];
	struct zm_finding *finding = zm_lint_report_at(
		lint, record->source, string->at, "string of %zu bytes, the limit is %d",
		string->bytes.end - string->bytes.start, ZM_STRING_MAX);
	finding->owner = record->owner;
	finding->entry = zm_lint_entry_of(record);
	return finding;
}

static void check_text(struct zm_lint *lint, const struct zm_lint_record *text)
{
	if (is_too_long(text->record->text)) {
		struct zm_finding *finding = report(lint, text->record);
		zm_finding_fix(lint, finding, ZM_FIX_SAFE,
			       "split it into strings of at most %d bytes", ZM_STRING_MAX);
		zm_fix_add(lint, finding,
			   (struct zm_op){.kind = ZM_OP_RESPLIT, .record = text->record});
	}
}

static bool has_long_string(const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->fault_count; i++) {
		if (zone->fault[i].kind == ZM_FAULT_STRING_LONG) {
			return true;
		}
	}
	return false;
}

/* The texts that are not SPF, which check_text() does not see. Where their bytes were to part, only
 * their owner knows. No plain line holds one. */
static void check_others(struct zm_lint *lint)
{
	const struct zm_zone *zone = lint->zone;
	if (!has_long_string(zone)) {
		return;
	}
	for (size_t i = 0; i < zone->odd_count; i++) {
		const struct zm_record *record = zone->odd[i];
		if (is_too_long(record->text) && !zm_lint_is_meant_record(record)) {
			report(lint, record);
		}
	}
}

const struct zm_rule zm_rule_string_over_255 = {.on_zone = check_others, .on_text = check_text};
