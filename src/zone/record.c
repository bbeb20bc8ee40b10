#include "zone/record.h"

#include "base/mask.h"
#include "base/buf.h"
#include "zone/rdata/soa.h"
#include "zone/types.h"

#include <ldns/ldns.h>
#include <string.h>

enum { RDATA_TEXT_MAX = 65535 };

/* From the first to the last word of the RDATA; the type where there is none. */
static struct zm_span rdata_place(const struct zm_record *record)
{
	struct zm_span place = record->type_at;
	bool first = true;
	for (size_t i = 0; i < record->rdata_count; i++) {
		const struct zm_token *token = &record->rdata[i];
		if (token->kind != ZM_WORD && token->kind != ZM_QUOTED) {
			continue;
		}
		place.start = first ? token->start : place.start;
		place.end = token->end;
		first = false;
	}
	return place;
}

/* ldns's own words for what it met, as they stand: they are short and lower case enough. */
static bool fail_as_ldns(struct zm_fault *fault, const struct zm_record *record,
			 struct zm_arena *arena, ldns_status status)
{
	return zm_fault_set(fault, ZM_FAULT_RECORD, rdata_place(record),
			    zm_arena_printf(arena, "%s record that ldns does not accept: %s",
					    zm_type_name(record->type),
					    ldns_get_errorstr_by_id(status)));
}

/* `line` is the record as ldns wants it: owner TTL class type RDATA on one line. */
static ldns_status parse(ldns_rr **rr, const struct zm_record *record, struct zm_arena *arena,
			 struct zm_buf *line)
{
	struct zm_str origin = zm_name_text(arena, record->origin);
	ldns_rdf *origin_rdf = ldns_rdf_new_frm_str(LDNS_RDF_TYPE_DNAME, origin.data);
	ldns_status status = LDNS_STATUS_MEM_ERR;
	if (origin_rdf != NULL && !line->full) {
		status = ldns_rr_new_frm_str(rr, line->data, record->ttl, origin_rdf, NULL);
	}
	ldns_rdf_deep_free(origin_rdf);
	zm_buf_release(line);
	return status;
}

/* To ldns some data that is none is a record without fields, or with fields that are nowhere. */
static bool is_whole(const ldns_rr *rr)
{
	size_t count = ldns_rr_rd_count(rr);
	for (size_t i = 0; i < count; i++) {
		if (ldns_rr_rdf(rr, i) == NULL) {
			return false;
		}
	}
	return count > 0;
}

/* `*rr` is the caller's to free. */
static bool build(ldns_rr **rr, const struct zm_record *record, struct zm_arena *arena,
		  struct zm_buf *line, struct zm_fault *fault)
{
	ldns_status status = parse(rr, record, arena, line);
	if (status == LDNS_STATUS_OK && !is_whole(*rr)) {
		ldns_rr_free(*rr);
		status = LDNS_STATUS_SYNTAX_RDATA_ERR;
	}
	return status == LDNS_STATUS_OK || fail_as_ldns(fault, record, arena, status);
}

static void start_line(struct zm_buf *line, const struct zm_record *record, struct zm_arena *arena,
		       const char *type)
{
	struct zm_str owner = zm_name_text(arena, record->owner);
	zm_buf_printf(line, "%.*s %u IN %s", ZM_STR_ARG(owner), (unsigned)record->ttl, type);
}

/* ---- TXT and SPF ---- */

static bool check_strings(const struct zm_record *record, struct zm_arena *arena,
			  struct zm_fault *fault)
{
	const struct zm_text *text = record->text;
	if (text->strings == 0) {
		return zm_fault_set(fault, ZM_FAULT_SYNTAX, record->type_at,
				    zm_str_from("TXT record without data"));
	}
	for (size_t i = 0; i < text->strings && !text->generic; i++) {
		size_t len = text->string[i].bytes.end - text->string[i].bytes.start;
		if (len > ZM_STRING_MAX) {
			return zm_fault_set(fault, ZM_FAULT_STRING_LONG, text->string[i].at,
					    zm_arena_printf(arena,
							    "string of %zu bytes, the limit is 255",
							    len));
		}
	}
	if (text->bytes.len + text->strings > RDATA_TEXT_MAX) {
		return zm_fault_set(fault, ZM_FAULT_RECORD, rdata_place(record),
				    zm_str_from("record data over 65535 bytes"));
	}
	return true;
}

/* Every string in quotes as the file has it, so that ldns does its own unescaping. */
static void add_strings(struct zm_buf *line, const struct zm_text *text)
{
	for (size_t i = 0; i < text->strings; i++) {
		struct zm_str token = zm_str_at(text->file, text->string[i].at);
		bool bare = text->generic || text->string[i].quoted;
		zm_buf_add(line, bare ? ZM_STR(" ") : ZM_STR(" \""));
		zm_buf_add(line, token);
		zm_buf_add(line, bare ? ZM_STR("") : ZM_STR("\""));
	}
}

/* Quoted, printable and without escapes: there is one way to read it, and a zone may hold half a
 * million such texts. */
static bool is_plain(const struct zm_text *text)
{
	for (size_t i = 0; i < text->strings; i++) {
		struct zm_str token = zm_str_at(text->file, text->string[i].at);
		if (!text->string[i].quoted || text->generic || token.len < 2) {
			return false;
		}
		struct zm_str says = zm_str_sub(token, 1, token.len - 1);
		if (zm_mask_plain_run(says.data, says.len) < says.len) {
			return false;
		}
	}
	return true;
}

/* Raw control bytes end or cut the line in ldns, and its strings may not be over 255 bytes with
 * their escapes. */
static bool ldns_can_read(const struct zm_text *text)
{
	for (size_t i = 0; i < text->strings; i++) {
		struct zm_str token = zm_str_at(text->file, text->string[i].at);
		if (!text->generic && token.len > ZM_STRING_MAX + 2) {
			return false;
		}
		for (size_t j = 0; j < token.len; j++) {
			if ((uint8_t)token.data[j] < ' ' && token.data[j] != '\t') {
				return false;
			}
		}
	}
	return true;
}

/* Whether the strings that ldns read say what we read. */
static bool ldns_agrees(const ldns_rr *rr, struct zm_str bytes)
{
	size_t at = 0;
	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		const ldns_rdf *rdf = ldns_rr_rdf(rr, i);
		size_t size = ldns_rdf_size(rdf) - 1; /* the first byte is the length */
		if (size > bytes.len - at ||
		    memcmp(ldns_rdf_data(rdf) + 1, bytes.data + at, size) != 0) {
			return false;
		}
		at += size;
	}
	return at == bytes.len;
}

static bool complete_text(struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault)
{
	struct zm_span bad;
	struct zm_text *text = zm_arena_alloc(arena, sizeof(*text));
	text->file = record->source->bytes;
	bool joined = zm_text_join(text, arena, record->rdata, record->rdata_count, &bad);
	if (!joined) {
		return zm_fault_set(fault, ZM_FAULT_SYNTAX, bad,
				    zm_str_from("broken escape or record data"));
	}
	record->text = text;
	if (!check_strings(record, arena, fault)) {
		return false;
	}
	if (is_plain(text) || !ldns_can_read(text)) {
		return true;
	}
	struct zm_buf line = {.max = 5 * RDATA_TEXT_MAX};
	start_line(&line, record, arena, record->type == ZM_TYPE_SPF ? "SPF" : "TXT");
	add_strings(&line, text);
	ldns_rr *rr = NULL;
	if (!build(&rr, record, arena, &line, fault)) {
		return false;
	}
	bool agrees = ldns_agrees(rr, text->bytes);
	ldns_rr_free(rr);
	if (!agrees) {
		return zm_fault_set(fault, ZM_FAULT_RECORD, rdata_place(record),
				    zm_str_from("text that servers read in different ways"));
	}
	return true;
}

/* ---- Other types ---- */

/* What would end the line in ldns, or be RFC 3597 data in the middle of others. A prefix without
 * its length is 0 to ldns. */
static bool has_odd_byte(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((uint8_t)text.data[i] < ' ' || text.data[i] == '\\') {
			return true;
		}
	}
	return false;
}

bool zm_record_check_foreign(struct zm_words *words)
{
	struct zm_buf line = {.max = RDATA_TEXT_MAX};
	struct zm_arena scratch = {0};
	zm_buf_printf(&line, ". 0 IN %s", zm_type_name(words->record->type));
	while (zm_words_next(words)) {
		bool has_slash = zm_str_ends(words->word.text, ZM_STR("/"));
		if (has_slash || has_odd_byte(words->word.text)) {
			zm_buf_release(&line);
			return zm_words_fail(words,
					     has_slash ? "APL prefix without its length"
						       : "byte that may not stand in record data");
		}
		zm_buf_add_char(&line, ' ');
		zm_buf_add(&line, words->word.text);
	}
	ldns_rr *rr = NULL;
	ldns_status status = parse(&rr, words->record, &scratch, &line);
	ldns_rr_free(rr);
	zm_arena_release(&scratch);
	return status == LDNS_STATUS_OK ||
	       fail_as_ldns(words->fault, words->record, words->arena, status);
}

bool zm_record_complete(struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault)
{
	if (record->type == ZM_TYPE_SOA) {
		return zm_soa_read(record, arena, fault);
	}
	return complete_text(record, arena, fault);
}
