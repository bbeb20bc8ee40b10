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
		return zm_policy_fail(r->faults, value->place,
				      "%s is no domain name or pattern: %s", quoted, why);
	}
	bool has_mark = zm_str_find(value->text, ZM_STR("."), 0) != SIZE_MAX ||
			zm_str_find(value->text, ZM_STR("*"), 0) != SIZE_MAX;
	if (!has_mark) {
		return zm_policy_fail(r->faults, value->place,
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
			r->faults, value->place,
			"%s in names is no pattern, which has a dot or a \"*\"%s",
			zm_policy_quote(r->arena, value->text),
			zm_policy_suggest(r->arena, value->text, known, COUNT(known)));
	}
	names->count++;
	return zm_policy_read_pattern(r, value, pattern);
}

static bool read_names(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_spf *spf = into;
	struct zm_policy_names *names = &spf->names;
	struct zm_str *pattern = zm_arena_array(r->arena, value->count, sizeof(*pattern));
	bool good = true;
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		good = read_name(r, i, names, &pattern[names->count]) && good;
	}
	names->pattern = pattern;
	names->place = value->place;
	return good;
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
	return zm_policy_fail(r->faults, value->place, "%s is no %s: %s%s",
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
	/* A bare `include` or `ip4` names terms to forbid and is none itself. */
	return pattern->is_term || pattern->has_star ||
	       fail_term(r, value, which, "it lacks its value");
}

static bool read_forbidden(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			   struct zm_spf_pattern *pattern)
{
	const char *why = "not a term of RFC 7208";
	return zm_spf_pattern_parse(pattern, value->text, &why) ||
	       fail_term(r, value, "term that can be forbidden", why);
}

typedef bool read_term(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		       struct zm_spf_pattern *pattern);

static bool read_terms(struct zm_policy_reader *r, const struct zm_yaml_node *value,
		       struct zm_policy_patterns *patterns, read_term *read)
{
	if (value->count > ZM_POLICY_LIST_MAX) {
		return zm_policy_fail(r->faults, value->place, "has %zu terms, the limit is %d",
				      value->count, ZM_POLICY_LIST_MAX);
	}
	struct zm_policy_pattern *item = zm_arena_array(r->arena, value->count, sizeof(*item));
	size_t count = 0;
	bool good = true;
	for (const struct zm_yaml_node *i = value->first; i != NULL; i = i->next) {
		item[count].place = i->place;
		good = read(r, i, &item[count++].pattern) && good;
	}
	*patterns = (struct zm_policy_patterns){item, count, value->place};
	return good;
}

static bool read_require(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_spf *spf = into;
	return read_terms(r, value, &spf->require, read_required);
}

static bool read_forbid(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_spf *spf = into;
	return read_terms(r, value, &spf->forbid, read_forbidden);
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

/* YAML ends the text of `>` and `|` with line ends. */
static struct zm_str without_line_ends(struct zm_str text)
{
	while (zm_str_ends(text, ZM_STR("\n"))) {
		text.len--;
	}
	return text;
}

static bool read_record(struct zm_policy_reader *r, const struct zm_yaml_node *value,
			struct zm_policy_text *text)
{
	struct zm_str written = without_line_ends(value->text);
	const char *key = r->key->name;
	const char *why = zm_policy_placeholder_fault(r->arena, written);
	struct zm_spf_record record;
	if (why != NULL) {
		return zm_policy_fail(r->faults, value->place, "%s holds %s", key, why);
	}
	if (!zm_spf_is_record(written)) {
		return zm_policy_fail(r->faults, value->place,
				      "%s is no SPF record, which begins with \"v=spf1\" and a "
				      "blank: %s",
				      key, zm_policy_quote(r->arena, written));
	}
	zm_spf_parse(&record, r->arena, zm_policy_sample(r->arena, written));
	const struct zm_spf_term *broken = broken_term(&record);
	if (broken != NULL) {
		return zm_policy_fail(r->faults, value->place,
				      "%s is no valid SPF record: %s: %s%s", key,
				      zm_policy_quote(r->arena, broken->text), why_broken(broken),
				      nearest_term(r, broken->text));
	}
	*text = (struct zm_policy_text){written, value->place};
	return true;
}

static bool read_default(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_spf *spf = into;
	return read_record(r, value, &spf->missing);
}

static bool read_exactly(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_spf *spf = into;
	return read_record(r, value, &spf->exactly);
}

static bool read_all(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_spf *spf = into;
	struct zm_spf_term term;
	zm_spf_parse_term(&term, value->text);
	if (term.kind != ZM_SPF_ALL || term.problem != ZM_SPF_GOOD) {
		return zm_policy_fail(r->faults, value->place,
				      "all is %s, which is no all term; write -all, ~all or ?all",
				      zm_policy_quote(r->arena, value->text));
	}
	if (term.qualifier == '+') {
		return zm_policy_fail(r->faults, value->place,
				      "all is %s, which lets every sender pass; write -all, ~all "
				      "or ?all",
				      zm_policy_quote(r->arena, value->text));
	}
	spf->all = (struct zm_policy_text){value->text, value->place};
	return true;
}

static bool read_ceiling(struct zm_policy_reader *r, const struct zm_yaml_node *value, void *into)
{
	struct zm_policy_spf *spf = into;
	return zm_policy_read_number(r, value, &spf->ceiling[r->key->index]);
}

/* The longest RDATA is 65,535 bytes, one of 256 for a string's length (RFC 1035 3.3.14). */
enum { LENGTH_MAX = 65280 };

static const struct zm_policy_key keys[] = {
	{.name = "names",
	 .form = "names: [apex, mx]",
	 .about = "Who must have a record: apex, mx (names with MX), hosts (names with addresses), "
		  "or name patterns.",
	 .read = read_names,
	 .shape = ZM_SHAPE_TEXTS},
	{.name = "require",
	 .form = "require: [include:x.example]",
	 .about = "Terms that each of them must have, directly or reached through include: and "
		  "redirect=.",
	 .read = read_require,
	 .shape = ZM_SHAPE_TEXTS},
	{.name = "forbid",
	 .form = "forbid: [-all]",
	 .about = "Terms that no record may have or reach; patterns.",
	 .read = read_forbid,
	 .shape = ZM_SHAPE_TEXTS},
	{.name = "default",
	 .form = "default: \"v=spf1 include:x.example ~all\"",
	 .about = "The record that is written where one is missing; may hold {zone} and {owner}.",
	 .read = read_default},
	{.name = "exactly",
	 .form = "exactly: \"v=spf1 include:x.example ~all\"",
	 .about = "What each record must be, word for word; may hold {zone} and {owner}.",
	 .read = read_exactly},
	{.name = "all",
	 .form = "all: ~all, without a blank",
	 .about = "What a forbidden all becomes, or one that lets everybody pass.",
	 .read = read_all},
	{.name = "lookups",
	 .form = "lookups: 8",
	 .about = "The most terms that ask the DNS, over all that is reached.",
	 .read = read_ceiling,
	 .shape = ZM_SHAPE_NUMBER,
	 .max = 10,
	 .because = "RFC 7208 4.6.4",
	 .index = ZM_CEILING_LOOKUPS},
	{.name = "void_lookups",
	 .form = "void_lookups: 0",
	 .about = "The most lookups that find nothing.",
	 .read = read_ceiling,
	 .shape = ZM_SHAPE_NUMBER,
	 .max = 2,
	 .because = "RFC 7208 4.6.4",
	 .index = ZM_CEILING_VOID_LOOKUPS},
	{.name = "length",
	 .form = "length: 450",
	 .about = "The most bytes of a record's text.",
	 .read = read_ceiling,
	 .shape = ZM_SHAPE_NUMBER,
	 .min = 6,
	 .max = LENGTH_MAX,
	 .because = "what a TXT record holds",
	 .index = ZM_CEILING_LENGTH},
	{.name = "ipv4_addresses",
	 .form = "ipv4_addresses: 100000",
	 .about = "The most IPv4 addresses that pass, over all that is reached.",
	 .read = read_ceiling,
	 .shape = ZM_SHAPE_NUMBER,
	 .max = UINT64_C(1) << 32,
	 .because = "there are no more",
	 .index = ZM_CEILING_IPV4_ADDRESSES},
};

const struct zm_policy_keys zm_policy_spf_keys = {
	"spf", " in spf", "spf: {require: [include:x.example]}", keys, COUNT(keys)};
