#include "conf/reader.h"

static struct zm_conf_draft *draft_of(struct zm_conf_reader *reader,
				      const struct zm_conf_body *body)
{
	return &reader->draft[body->draft];
}

static struct zm_conf_facts *facts_of(struct zm_conf_reader *reader,
				      const struct zm_conf_body *body)
{
	switch (body->scope) {
	case ZM_CONF_ZONE:
		return &draft_of(reader, body)->facts;
	case ZM_CONF_VIEW:
		return &reader->view[body->view].facts;
	default:
		return &reader->options;
	}
}

static enum zm_conf_yes yes_if(bool yes)
{
	return yes ? ZM_CONF_YES : ZM_CONF_NO;
}

static bool read_directory(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_str name;
	struct zm_error err;
	struct zm_conf_place at = zm_conf_place(reader, reader->token.at);
	(void)body;
	if (!zm_conf_take(reader, &name, "a folder")) {
		return false;
	}
	struct zm_conf_base base = {NULL, reader->base.conf};
	const char *path = zm_conf_path(reader->arena, &base, name, &err);
	if (path == NULL) {
		return zm_conf_blame(reader, at, "%s", err.text);
	}
	reader->base.directory = path;
	reader->conf->directory = path;
	return true;
}

static bool read_type(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	static const struct {
		const char *name;
		enum zm_conf_type type;
	} types[] = {
		{"primary", ZM_CONF_PRIMARY},   {"master", ZM_CONF_PRIMARY},
		{"native", ZM_CONF_PRIMARY},    {"secondary", ZM_CONF_SECONDARY},
		{"slave", ZM_CONF_SECONDARY},   {"mirror", ZM_CONF_MIRROR},
		{"stub", ZM_CONF_STUB},         {"static-stub", ZM_CONF_STATIC_STUB},
		{"hint", ZM_CONF_HINT},         {"forward", ZM_CONF_FORWARD},
		{"redirect", ZM_CONF_REDIRECT}, {"delegation-only", ZM_CONF_DELEGATION_ONLY},
	};
	enum { TYPES = sizeof(types) / sizeof(types[0]) };
	const char *names[TYPES];
	for (size_t i = 0; i < TYPES; i++) {
		names[i] = types[i].name;
		if (zm_conf_is(reader, types[i].name)) {
			draft_of(reader, body)->zone.type = types[i].type;
			draft_of(reader, body)->has_type = true;
			reader->conf->is_of_pdns |= zm_conf_is(reader, "native");
			return zm_conf_advance(reader);
		}
	}
	struct zm_conf_place at = zm_conf_place(reader, reader->token.at);
	const char *nearest = zm_str_nearest(reader->token.text, names, TYPES);
	return nearest == NULL ? zm_conf_blame(reader, at, "unknown type of zone")
			       : zm_conf_blame(reader, at, "unknown type of zone; did you mean %s?",
					       nearest);
}

static bool read_file(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_conf_draft *draft = draft_of(reader, body);
	draft->file_at = zm_conf_place(reader, reader->token.at);
	return zm_conf_take(reader, &draft->file, "a file");
}

static bool read_journal(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_conf_draft *draft = draft_of(reader, body);
	draft->journal_at = zm_conf_place(reader, reader->token.at);
	return zm_conf_take(reader, &draft->journal, "a file");
}

/* BIND's own databases hold the zone's file in memory. */
static bool read_database(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_str name;
	if (!zm_conf_take(reader, &name, "a database")) {
		return false;
	}
	draft_of(reader, body)->zone.is_elsewhere =
		!zm_str_eq(name, ZM_STR("rbt")) && !zm_str_eq(name, ZM_STR("qpzone"));
	return true;
}

static bool read_template(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	return zm_conf_take(reader, &draft_of(reader, body)->template, "a template");
}

static bool read_in_view(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	return zm_conf_take(reader, &draft_of(reader, body)->in_view, "a view");
}

static bool read_format(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	facts_of(reader, body)->raw =
		yes_if(zm_conf_is(reader, "raw") || zm_conf_is(reader, "map"));
	return true;
}

/* Who is in the list: nobody where it is empty, or says only `none` and who is not. */
static bool read_allow_update(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	bool somebody = false;
	if (reader->token.kind != ZM_CONF_OPEN) {
		return zm_conf_blame(reader, zm_conf_place(reader, reader->token.at),
				     "a list in braces is expected here");
	}
	struct zm_conf_file ahead = *reader->file;
	struct zm_conf_token token = zm_conf_next(ahead.source.bytes, &ahead.next);
	for (bool starts = true; token.kind != ZM_CONF_CLOSE && token.kind != ZM_CONF_END &&
				 token.kind != ZM_CONF_BROKEN;) {
		bool is_nobody = token.kind == ZM_CONF_SEMICOLON ||
				 zm_str_eq_nocase(token.text, ZM_STR("none")) ||
				 zm_str_starts(token.text, ZM_STR("!"));
		somebody = somebody || (starts && !is_nobody) || token.kind == ZM_CONF_OPEN;
		starts = token.kind == ZM_CONF_SEMICOLON;
		token = zm_conf_next(ahead.source.bytes, &ahead.next);
	}
	facts_of(reader, body)->updates = yes_if(somebody);
	return true;
}

static bool read_update_policy(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	draft_of(reader, body)->has_update_policy = true;
	return true;
}

static bool is_no(const struct zm_conf_reader *reader)
{
	return zm_conf_is(reader, "no") || zm_conf_is(reader, "false") || zm_conf_is(reader, "0");
}

static bool read_inline_signing(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	draft_of(reader, body)->inline_signing = yes_if(!is_no(reader));
	return true;
}

/* Where it names a kind of zone, it is for zones of that kind. */
static bool read_differences(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	bool others = zm_conf_is(reader, "secondary") || zm_conf_is(reader, "slave");
	facts_of(reader, body)->differences = yes_if(!is_no(reader) && !others);
	return true;
}

static bool read_dnssec_policy(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	facts_of(reader, body)->policy = yes_if(!zm_conf_is(reader, "none"));
	return true;
}

/* ---- All of them ---- */

enum { ANY = ZM_CONF_OPTIONS | ZM_CONF_VIEW | ZM_CONF_ZONE };

const struct zm_conf_statement zm_conf_statements[] = {
	{"include", ZM_CONF_TOP | ANY, zm_conf_include},
	{"options", ZM_CONF_TOP, zm_conf_read_options},
	{"view", ZM_CONF_TOP, zm_conf_read_view},
	{"template", ZM_CONF_TOP, zm_conf_read_template},
	{"zone", ZM_CONF_TOP | ZM_CONF_VIEW, zm_conf_read_zone},
	{"directory", ZM_CONF_OPTIONS, read_directory},
	{"type", ZM_CONF_ZONE, read_type},
	{"file", ZM_CONF_ZONE, read_file},
	{"journal", ZM_CONF_ZONE, read_journal},
	{"database", ZM_CONF_ZONE, read_database},
	{"template", ZM_CONF_ZONE, read_template},
	{"in-view", ZM_CONF_ZONE, read_in_view},
	{"masterfile-format", ANY, read_format},
	{"allow-update", ANY, read_allow_update},
	{"update-policy", ZM_CONF_ZONE, read_update_policy},
	{"inline-signing", ZM_CONF_ZONE, read_inline_signing},
	{"ixfr-from-differences", ANY, read_differences},
	{"dnssec-policy", ANY, read_dnssec_policy},
	{NULL, 0, NULL},
};
