/* eval for a person at a terminal. */
#include "report/eval.h"

#include "report/escape.h"
#include "report/line.h"

/* ---- The first line ---- */

static enum zm_paint paint_of(enum zm_spf_result result)
{
	switch (result) {
	case ZM_RESULT_PASS:
		return ZM_GREEN;
	case ZM_RESULT_FAIL:
	case ZM_RESULT_PERMERROR:
	case ZM_RESULT_TEMPERROR:
		return ZM_RED;
	case ZM_RESULT_SOFTFAIL:
		return ZM_YELLOW;
	default:
		return ZM_BLUE;
	}
}

/* What the result says (RFC 7208 2.6), up to the address. */
static const char *meaning_of(enum zm_spf_result result)
{
	switch (result) {
	case ZM_RESULT_NONE:
		return "no SPF record says whether ";
	case ZM_RESULT_NEUTRAL:
		return "it is left open whether ";
	case ZM_RESULT_TEMPERROR:
	case ZM_RESULT_PERMERROR:
		return "receivers cannot tell whether ";
	case ZM_RESULT_UNKNOWN:
		return "these zones do not tell whether ";
	default:
		return "";
	}
}

static const char *verb_of(enum zm_spf_result result)
{
	if (result == ZM_RESULT_FAIL) {
		return "may not send as";
	}
	return result == ZM_RESULT_SOFTFAIL ? "probably may not send as" : "may send as";
}

static void put_result(struct zm_show *show, const struct zm_spf_client *client,
		       const struct zm_spf_outcome *outcome)
{
	struct zm_ip_text ip;
	zm_paint(&show->line, show->color, paint_of(outcome->result));
	zm_buf_printf(&show->line, "%s", zm_spf_result_name(outcome->result));
	zm_paint(&show->line, show->color, ZM_PLAIN);
	zm_buf_printf(&show->line, ": %s%.*s %s ", meaning_of(outcome->result),
		      ZM_STR_ARG(zm_ip_print(&ip, client->ip)), verb_of(outcome->result));
	zm_escape(&show->line, outcome->sender);
	zm_line_put(&show->line, show->out);
}

/* ---- The places ---- */

static void add_term(struct zm_show *show, const struct zm_spf_term *term)
{
	zm_paint(&show->line, show->color, ZM_BOLD);
	if (term != NULL) {
		zm_escape(&show->line, term->text);
	} else {
		zm_buf_add(&show->line, ZM_STR("the record"));
	}
	zm_paint(&show->line, show->color, ZM_PLAIN);
}

static void add_need(struct zm_buf *line, const struct zm_question *question)
{
	struct zm_arena arena = {0};
	zm_buf_printf(line, " needs %s of ", zm_ask_name(question->type));
	zm_escape(line, zm_name_text(&arena, question->name));
	zm_buf_add(line, ZM_STR(", which no zone here tells"));
	zm_arena_release(&arena);
}

static void add_decision(struct zm_show *show, const struct zm_spf_outcome *outcome)
{
	if (outcome->result == ZM_RESULT_UNKNOWN) {
		add_need(&show->line, &outcome->unknown);
	} else if (outcome->why.len > 0) {
		zm_buf_add(&show->line, ZM_STR(": "));
		zm_escape(&show->line, outcome->why);
	} else if (outcome->term == NULL) {
		zm_buf_add(&show->line, ZM_STR(" has no term that matches"));
	} else {
		zm_buf_add(&show->line, ZM_STR(" matches"));
	}
}

static void add_way(struct zm_show *show, const struct zm_eval_place *place,
		    const struct zm_spf_outcome *outcome)
{
	bool is_pass = outcome->why.len == 0 && outcome->result != ZM_RESULT_UNKNOWN;
	if (place->decides) {
		add_decision(show, outcome);
	} else if (place->term->kind == ZM_SPF_REDIRECT) {
		zm_buf_add(&show->line, ZM_STR(" takes over"));
	} else if (is_pass) {
		zm_buf_add(&show->line, ZM_STR(" matches, for its record gives pass"));
	} else {
		zm_buf_add(&show->line, ZM_STR(" asks for another record"));
	}
}

/* A record that is in no file, as a line of one, so that it is shown alike. */
static void put_foreign(struct zm_show *show, const struct zm_eval_place *place)
{
	struct zm_buf line = {0};
	struct zm_str text = place->visit->record.text;
	struct zm_span at = place->term == NULL ? (struct zm_span){0, text.len} : place->term->at;
	struct zm_finding finding = {0};
	zm_buf_add(&line, ZM_STR(". TXT \""));
	for (size_t i = 0; i <= text.len; i++) {
		finding.at.start = i == at.start ? line.len : finding.at.start;
		finding.at.end = i == at.end ? line.len : finding.at.end;
		char c = i < text.len ? text.data[i] : '"';
		if (i < text.len && (c == '"' || c == '\\')) {
			zm_buf_add_char(&line, '\\');
		}
		zm_buf_add_char(&line, c);
	}
	struct zm_source source = {.name = "", .bytes = zm_buf_str(&line)};
	finding.source = &source;
	show->unnumbered = true;
	zm_show_excerpt(show, &finding);
	zm_excerpter_release(&show->excerpter);
	show->unnumbered = false;
	zm_buf_release(&line);
}

static void add_location(struct zm_show *show, const struct zm_eval_place *place)
{
	const struct zm_record *record = zm_eval_record(place->visit);
	zm_paint(&show->line, show->color, ZM_BOLD);
	if (record != NULL) {
		struct zm_position at =
			zm_source_position(record->source, zm_eval_span(place).start);
		zm_escape(&show->line, zm_str_from(record->source->name));
		zm_buf_printf(&show->line, ":%zu:%zu:", at.line, at.column);
	} else {
		zm_escape(&show->line, place->visit->domain);
		zm_buf_add(&show->line, ZM_STR(" (DNS):"));
	}
	zm_paint(&show->line, show->color, ZM_PLAIN);
	zm_buf_add_char(&show->line, ' ');
}

static void put_place(struct zm_show *show, const struct zm_eval_place *place,
		      const struct zm_spf_outcome *outcome)
{
	const struct zm_record *record = zm_eval_record(place->visit);
	add_location(show, place);
	add_term(show, place->term);
	add_way(show, place, outcome);
	zm_line_put(&show->line, show->out);
	if (record != NULL) {
		struct zm_finding finding = {.source = record->source, .at = zm_eval_span(place)};
		zm_show_excerpt(show, &finding);
	} else {
		put_foreign(show, place);
	}
}

/* Of a domain whose record was not found there is nothing but its name. */
static void put_no_place(struct zm_show *show, const struct zm_spf_outcome *outcome)
{
	zm_escape(&show->line, outcome->domain);
	if (outcome->result == ZM_RESULT_UNKNOWN) {
		add_need(&show->line, &outcome->unknown);
	} else {
		zm_buf_add(&show->line, ZM_STR(": "));
		zm_escape(&show->line, outcome->why);
	}
	zm_line_put(&show->line, show->out);
}

/* ---- The rest ---- */

static void put_detail(struct zm_show *show, const char *label, struct zm_str text)
{
	if (text.len > 0) {
		zm_show_detail(show, label);
		zm_escape(&show->line, text);
		zm_line_put(&show->line, show->out);
	}
}

static struct zm_str help_for(const struct zm_spf_outcome *outcome)
{
	const struct zm_spf_term *term = outcome->term;
	if (outcome->result == ZM_RESULT_UNKNOWN) {
		return ZM_STR("add its zone, or ask the DNS with --dns");
	}
	if (term != NULL && term->problem != ZM_SPF_GOOD) {
		return ZM_STR("zonemend check says what is wrong");
	}
	return (struct zm_str){0};
}

static void put_counts(struct zm_show *show, const struct zm_spf_outcome *outcome)
{
	zm_buf_printf(&show->line, "%u of %d DNS lookups, %u of %d void", outcome->lookups,
		      ZM_SPF_LOOKUPS_MAX, outcome->voids, ZM_SPF_VOIDS_MAX);
	zm_line_put(&show->line, show->out);
}

static void put_evaluation(struct zm_show *show, const struct zm_report_eval *report,
			   const struct zm_spf_outcome *outcome)
{
	struct zm_eval_place place[ZM_EVAL_PLACES_MAX];
	size_t places = zm_eval_places(place, outcome);
	if (report->verbose) {
		zm_eval_put_steps(show, outcome);
	}
	put_result(show, report->client, outcome);
	for (size_t i = 0; i < places; i++) {
		put_place(show, &place[i], outcome);
	}
	if (places == 0) {
		put_no_place(show, outcome);
	}
	put_detail(show, "explanation", outcome->explanation);
	put_detail(show, "no explanation", outcome->unexplained);
	put_detail(show, "help", help_for(outcome));
	if (!report->quiet) {
		put_counts(show, outcome);
	}
}

void zm_report_eval_text(const struct zm_report_eval *report)
{
	struct zm_show show = {.out = report->out, .color = report->color};
	for (size_t i = 0; i < report->items; i++) {
		if (report->item[i].zone != NULL) {
			zm_line_zone(&show.line, report->item[i].zone, show.color);
			zm_line_put(&show.line, show.out);
		}
		put_evaluation(&show, report, report->item[i].outcome);
	}
	zm_show_release(&show);
}
