/* read_spf: the values of `spf:`, each checked as far as it can be alone. */
#include "policy/fault.h"
#include "policy/kind.h"
#include "policy/layer.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Letters, digits and what stands in real zone names: `_` of services, `/` of RFC 2317. */
static bool is_pattern_byte(char c)
{
	return zm_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '/' || c == '*';
}

static const char *pattern_fault(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.data[i] > 0x7F) {
			return "write the name in ASCII (xn--...)";
		}
		if (!is_pattern_byte(text.data[i])) {
			return "only letters, digits and - _ . / * belong there";
		}
	}
	const char *why = NULL;
	struct zm_name_buf name;
	return zm_name_from_domain(&name, text, &why) ? NULL : why;
}

/* In lower case, with the final dot that an absolute name has. */
static struct zm_str normal_form(struct zm_arena *arena, struct zm_str text)
{
	bool is_absolute = zm_str_ends(text, ZM_STR("."));
	size_t len = text.len + (is_absolute ? 0 : 1);
	char *data = zm_arena_array(arena, len + 1, 1);
	for (size_t i = 0; i < text.len; i++) {
		data[i] = zm_lower(text.data[i]);
	}
	data[len - 1] = '.';
	return (struct zm_str){data, len};
}

bool zm_policy_read_pattern(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    struct zm_str *pattern)
{
	const char *quoted = zm_policy_quote(r->arena, value->text);
	const char *why = pattern_fault(value->text);
	if (why != NULL) {
		return zm_policy_fail(r->err, value->place, "%s is no domain name or pattern: %s",
				      quoted, why);
	}
	bool has_mark = zm_str_find(value->text, ZM_STR("."), 0) != SIZE_MAX ||
			zm_str_find(value->text, ZM_STR("*"), 0) != SIZE_MAX;
	if (!has_mark) {
		return zm_policy_fail(r->err, value->place,
				      "%s has neither a dot nor a \"*\"; a top-level name ends in "
				      "a dot",
				      quoted);
	}
	*pattern = normal_form(r->arena, value->text);
	return true;
}

/* `apex`, `mx` or `hosts`: the flag of that name, else NULL. */
static bool *flag_of(struct zm_policy_names *names, struct zm_str text)
{
	if (zm_str_eq(text, ZM_STR("apex"))) {
		return &names->apex;
	}
	if (zm_str_eq(text, ZM_STR("mx"))) {
		return &names->mx;
	}
	return zm_str_eq(text, ZM_STR("hosts")) ? &names->hosts : NULL;
}

static bool read_name(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		      struct zm_policy_names *names, struct zm_str *pattern)
{
	static const char *const known[] = {"apex", "mx", "hosts"};
	bool *flag = flag_of(names, value->text);
	if (flag != NULL) {
		*flag = true;
		return true;
	}
	bool is_word = zm_str_find(value->text, ZM_STR("."), 0) == SIZE_MAX &&
		       zm_str_find(value->text, ZM_STR("*"), 0) == SIZE_MAX;
	if (is_word) {
		return zm_policy_fail(
			r->err, value->place,
			"%s in names is no pattern, which has a dot or a \"*\"%s",
			zm_policy_quote(r->arena, value->text),
			zm_policy_suggest(r->arena, value->text, known, COUNT(known)));
	}
	names->count++;
	return zm_policy_read_pattern(r, value, pattern);
}

bool zm_policy_read_names(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	const char *form = "names: [apex, mx]";
	struct zm_policy_spf *spf = into;
	struct zm_policy_names *names = &spf->names;
	if (!zm_policy_wants_list(r, value, form)) {
		return false;
	}
	struct zm_str *pattern = zm_arena_array(r->arena, value->count, sizeof(*pattern));
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		if (!zm_policy_wants_text(r, i, form) ||
		    !read_name(r, i, names, &pattern[names->count])) {
			return false;
		}
	}
	names->pattern = pattern;
	names->place = value->place;
	return true;
}

/* The name of a term as far as one can be seen: `includ` of `-includ:x.example`. */
static struct zm_str term_name(struct zm_str text)
{
	size_t start = 0;
	while (start < text.len &&
	       zm_str_find(ZM_STR("+-~?"), zm_str_sub(text, start, start + 1), 0) != SIZE_MAX) {
		start++;
	}
	size_t end = start;
	while (end < text.len && zm_is_alnum(text.data[end])) {
		end++;
	}
	return zm_str_sub(text, start, end);
}

static const char *nearest_term(struct zm_policy_reader *r, struct zm_str text)
{
	static const char *const known[] = {"all", "include", "a",      "mx",       "ptr",
					    "ip4", "ip6",     "exists", "redirect", "exp"};
	struct zm_str name = term_name(text);
	for (size_t i = 0; i < COUNT(known); i++) {
		if (zm_str_eq_nocase(name, zm_str_from(known[i]))) {
			return "";
		}
	}
	const char *nearest = name.len < 2 ? NULL : zm_str_nearest(name, known, COUNT(known));
	return nearest == NULL ? ""
			       : zm_arena_printf(r->arena, "; did you mean \"%s\"?", nearest).data;
}

static bool fail_term(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		      const char *which, const char *why)
{
	return zm_policy_fail(r->err, value->place, "%s is no %s: %s%s",
			      zm_policy_quote(r->arena, value->text), which, why,
			      nearest_term(r, value->text));
}

static bool read_required(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			  struct zm_spf_pattern *pattern)
{
	const char *which = "term that can be required";
	const char *why = "not a term of RFC 7208";
	if (!zm_spf_pattern_parse(pattern, value->text, &why)) {
		return fail_term(r, value, which, why);
	}
	if (pattern->has_star) {
		return fail_term(r, value, which, "only what is forbidden may hold a \"*\"");
	}
	/* A bare `include` or `ip4` names terms to forbid and is none itself. */
	return pattern->is_term || fail_term(r, value, which, "it lacks its value");
}

static bool read_forbidden(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			   struct zm_spf_pattern *pattern)
{
	const char *why = "not a term of RFC 7208";
	return zm_spf_pattern_parse(pattern, value->text, &why) ||
	       fail_term(r, value, "term that can be forbidden", why);
}

/* How one of the two lists of terms is read. */
struct term_list {
	const char *form;
	bool (*read)(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		     struct zm_spf_pattern *pattern);
};

static bool read_terms(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		       struct zm_policy_patterns *patterns, const struct term_list *list)
{
	if (!zm_policy_wants_list(r, value, list->form)) {
		return false;
	}
	if (value->count > ZM_POLICY_LIST_MAX) {
		return zm_policy_fail(r->err, value->place, "has %zu terms, the limit is %d",
				      value->count, ZM_POLICY_LIST_MAX);
	}
	struct zm_policy_pattern *item = zm_arena_array(r->arena, value->count, sizeof(*item));
	size_t count = 0;
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		item[count].place = i->place;
		if (!zm_policy_wants_text(r, i, list->form) ||
		    !list->read(r, i, &item[count++].pattern)) {
			return false;
		}
	}
	*patterns = (struct zm_policy_patterns){item, count, value->place};
	return true;
}

bool zm_policy_read_require(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    void *into)
{
	static const struct term_list list = {"require: [include:x.example]", read_required};
	struct zm_policy_spf *spf = into;
	return read_terms(r, value, &spf->require, &list);
}

bool zm_policy_read_forbid(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	static const struct term_list list = {"forbid: [-all]", read_forbidden};
	struct zm_policy_spf *spf = into;
	return read_terms(r, value, &spf->forbid, &list);
}

/* The first term that makes a receiver answer permerror, or NULL. */
static const struct zm_spf_term *broken_term(const struct zm_spf_record *record)
{
	for (size_t i = 0; i < record->count; i++) {
		if (record->term[i].problem != ZM_SPF_GOOD) {
			return &record->term[i];
		}
	}
	return NULL;
}

static const char *why_broken(const struct zm_spf_term *term)
{
	const char *why = "it lacks its value";
	struct zm_spf_pattern pattern;
	bool good_alone = zm_spf_pattern_parse(&pattern, term->text, &why) && pattern.is_term;
	if (good_alone) {
		return "stands there twice";
	}
	return why;
}

static bool read_record(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			const char *key, struct zm_policy_text *text)
{
	const char *form =
		zm_arena_printf(r->arena, "%s: \"v=spf1 include:x.example ~all\"", key).data;
	struct zm_spf_record record;
	if (!zm_policy_wants_text(r, value, form)) {
		return false;
	}
	if (!zm_spf_is_record(value->text)) {
		return zm_policy_fail(r->err, value->place,
				      "%s is no SPF record, which begins with \"v=spf1\" and a "
				      "blank: %s",
				      key, zm_policy_quote(r->arena, value->text));
	}
	zm_spf_parse(&record, r->arena, value->text);
	const struct zm_spf_term *broken = broken_term(&record);
	if (broken != NULL) {
		return zm_policy_fail(r->err, value->place, "%s is no valid SPF record: %s: %s%s",
				      key, zm_policy_quote(r->arena, broken->text),
				      why_broken(broken), nearest_term(r, broken->text));
	}
	*text = (struct zm_policy_text){value->text, value->place};
	return true;
}

bool zm_policy_read_default(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    void *into)
{
	struct zm_policy_spf *spf = into;
	return read_record(r, value, "default", &spf->missing);
}

bool zm_policy_read_exactly(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			    void *into)
{
	struct zm_policy_spf *spf = into;
	return read_record(r, value, "exactly", &spf->exactly);
}

bool zm_policy_read_all(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_spf *spf = into;
	struct zm_spf_term term;
	if (!zm_policy_wants_text(r, value, "all: ~all, without a blank")) {
		return false;
	}
	zm_spf_parse_term(&term, value->text);
	if (term.kind != ZM_SPF_ALL || term.problem != ZM_SPF_GOOD) {
		return zm_policy_fail(r->err, value->place,
				      "all is %s, which is no all term; write -all, ~all or ?all",
				      zm_policy_quote(r->arena, value->text));
	}
	spf->all = (struct zm_policy_text){value->text, value->place};
	return true;
}
