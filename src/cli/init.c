#include "cli/init.h"

#include "cli/session.h"

#include <stdio.h>
#include <stdlib.h>

/* A term, and in how many records it stands. */
struct sender {
	struct zm_str text;
	struct zm_spf_term term;
	size_t records;
};

struct senders {
	struct sender *item;
	size_t count;
	size_t capacity;
};

struct starter {
	struct zm_arena *arena;
	struct zm_session *session;
	struct senders include;
	struct senders other; /* addresses and names that are no includes */
	struct senders all;
	struct senders null; /* zones that say v=spf1 -all */
	size_t records;      /* of names that send mail */
	size_t zones;
};

enum { SENDERS_MAX = 500, COMMENT_COLUMN = 50 };

/* ---- Counting ---- */

/* What can stand in a policy as it is. */
static bool is_plain(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!zm_is_alnum(text.data[i]) &&
		    zm_str_find(ZM_STR("._:/=+~?-%{}"), zm_str_sub(text, i, i + 1), 0) ==
			    SIZE_MAX) {
			return false;
		}
	}
	return text.len > 0;
}

static bool is_same(const struct zm_spf_term *a, const struct zm_spf_term *b)
{
	return zm_spf_same_target(a, b) && a->qualifier == b->qualifier;
}

static void count_term(struct starter *s, struct senders *list, const struct zm_spf_term *term)
{
	for (size_t i = 0; i < list->count; i++) {
		if (is_same(&list->item[i].term, term)) {
			list->item[i].records++;
			return;
		}
	}
	if (list->count == SENDERS_MAX || term->problem != ZM_SPF_GOOD || !is_plain(term->text)) {
		return;
	}
	list->item = zm_arena_grow(s->arena, list->item, list->count, &list->capacity,
				   sizeof(*list->item));
	list->item[list->count++] = (struct sender){term->text, *term, 1};
}

/* A record counts once, however often it says a thing, and not for what stands behind its `all`
 * (RFC 7208 5.1). */
static bool counts(const struct zm_spf_record *spf, const struct zm_spf_term *term)
{
	for (const struct zm_spf_term *t = spf->term; t < term; t++) {
		if (is_same(t, term)) {
			return false;
		}
	}
	return spf->all == NULL || term <= spf->all;
}

static void count_terms(struct starter *s, const struct zm_spf_record *spf)
{
	s->records++;
	for (size_t i = 0; i < spf->count; i++) {
		const struct zm_spf_term *term = &spf->term[i];
		if (!counts(spf, term)) {
			continue;
		}
		if (term->kind == ZM_SPF_INCLUDE) {
			count_term(s, &s->include, term);
		} else if (term->kind == ZM_SPF_ALL) {
			count_term(s, &s->all, term);
		} else if (!zm_spf_is_modifier(term)) {
			count_term(s, &s->other, term);
		}
	}
}

static bool is_null(const struct zm_spf_record *spf)
{
	return spf->count == 1 && spf->all != NULL && spf->all->qualifier == '-';
}

static void add_null_zone(struct starter *s, const struct zm_zone *zone)
{
	struct senders *list = &s->null;
	list->item = zm_arena_grow(s->arena, list->item, list->count, &list->capacity,
				   sizeof(*list->item));
	list->item[list->count++] =
		(struct sender){.text = zm_name_text(s->arena, zone->origin), .records = 1};
}

/* `_spf.example.com` and its like send no mail: they are there to be included. */
static bool sends(struct zm_name owner)
{
	return owner.len > 1 && owner.wire[1] != '_';
}

static void count_record(struct starter *s, const struct zm_zone *zone,
			 const struct zm_record *record)
{
	struct zm_spf_record spf;
	if (record->type != ZM_TYPE_TXT || record->text == NULL || !sends(record->owner) ||
	    !zm_spf_is_record(record->text->bytes)) {
		return;
	}
	zm_spf_parse(&spf, s->arena, record->text->bytes);
	if (!is_null(&spf)) {
		count_terms(s, &spf);
	} else if (zm_name_eq(record->owner, zone->origin)) {
		add_null_zone(s, zone);
	}
}

/* The most used first. */
static int compare(const void *a, const void *b)
{
	const struct sender *x = a;
	const struct sender *y = b;
	if (x->records != y->records) {
		return x->records > y->records ? -1 : 1;
	}
	return zm_str_compare(x->text, y->text);
}

static void sort(struct senders *list)
{
	if (list->count > 1) {
		qsort(list->item, list->count, sizeof(*list->item), compare);
	}
}

static void count_all(struct starter *s)
{
	struct zm_arena record = {0};
	for (size_t i = 0; i < s->session->count; i++) {
		const struct zm_zone *zone = s->session->job[i].zone;
		s->zones += zone != NULL;
		for (size_t j = 0; zone != NULL && j < zone->record_count; j++) {
			count_record(s, zone, zm_zone_record(zone, &record, j));
			zm_arena_reset(&record);
		}
	}
	zm_arena_release(&record);
	sort(&s->include);
	sort(&s->other);
	sort(&s->all);
	sort(&s->null);
}

/* ---- Printing ---- */

/* The built-in policy that requires the term, or NULL. */
static const char *policy_for(struct starter *s, const struct zm_spf_term *term)
{
	for (const struct zm_policy_builtin *b = zm_policy_builtin; b->name != NULL; b++) {
		struct zm_policy_faults faults;
		const struct zm_policy *policy =
			zm_policy_load(s->arena, &zm_rule_catalogue, b->name, &faults);
		const struct zm_policy_patterns *require = &policy->base.spf.require;
		for (size_t i = 0; i < require->count; i++) {
			if (zm_spf_pattern_provided(&require->item[i].pattern, term)) {
				return b->name;
			}
		}
	}
	return NULL;
}

static void print_sender(struct starter *s, const struct sender *sender, const char *before)
{
	const char *policy =
		sender->term.kind == ZM_SPF_INCLUDE ? policy_for(s, &sender->term) : NULL;
	int used = printf("%s- \"%.*s\"", before, ZM_STR_ARG(sender->text));
	int pad = used < COMMENT_COLUMN ? COMMENT_COLUMN - used : 1;
	printf("%*s# in %zu of %zu%s%s\n", pad, "", sender->records, s->records,
	       policy == NULL ? "" : "; there is a policy: ", policy == NULL ? "" : policy);
}

/* What all records have is required; what some have is shown. */
static void print_require(struct starter *s)
{
	bool any = false;
	for (size_t i = 0; i < s->include.count; i++) {
		any = any || s->include.item[i].records == s->records;
	}
	printf("  require:%s # terms that each of them must have, reached directly or by include\n",
	       any ? "" : " []");
	for (size_t i = 0; i < s->include.count; i++) {
		const struct sender *sender = &s->include.item[i];
		print_sender(s, sender, sender->records == s->records ? "    " : "#   ");
	}
	if (s->other.count > 0) {
		printf("# Who else sends:\n");
	}
	for (size_t i = 0; i < s->other.count; i++) {
		print_sender(s, &s->other.item[i], "#   ");
	}
}

static void print_default(struct starter *s, struct zm_str all)
{
	printf("  default: \"v=spf1");
	for (size_t i = 0; i < s->include.count; i++) {
		if (s->include.item[i].records == s->records) {
			printf(" %.*s", ZM_STR_ARG(s->include.item[i].text));
		}
	}
	printf(" %.*s\" # written where a record is missing\n", ZM_STR_ARG(all));
	printf("  all: %.*s # what a forbidden all becomes\n", ZM_STR_ARG(all));
}

static void print_null_zones(struct starter *s)
{
	if (s->null.count == 0) {
		return;
	}
	printf("\nzones:\n  # These say today that they send no mail.\n  - match:\n");
	for (size_t i = 0; i < s->null.count; i++) {
		printf("      - \"%.*s\"\n", ZM_STR_ARG(s->null.item[i].text));
	}
	printf("    spf: {exactly: \"v=spf1 -all\"}\n");
}

/* The most common that does not let everybody pass. */
static struct zm_str common_all(const struct starter *s)
{
	for (size_t i = 0; i < s->all.count; i++) {
		if (s->all.item[i].term.qualifier != '+') {
			return s->all.item[i].text;
		}
	}
	return ZM_STR("~all");
}

static void print(struct starter *s)
{
	struct zm_str all = common_all(s);
	printf("# zonemend.yaml: what the SPF records here must say.\n"
	       "#\n"
	       "# A start, made by `zonemend policy init` from %zu SPF record%s in %zu zone%s. "
	       "What\n"
	       "# all of them have is required; what only some have is commented out, with how\n"
	       "# many. Change it to what you mean, then: zonemend policy check\n"
	       "version: 1\n"
	       "extends: [recommended] # or built-in policies of vendors beside it\n\n"
	       "spf:\n"
	       "  names: [apex, mx] # who must have a record: the zone's own name, names with MX\n",
	       s->records, s->records == 1 ? "" : "s", s->zones, s->zones == 1 ? "" : "s");
	print_require(s);
	printf("  forbid: [+all] # terms that no record may have\n");
	if (s->include.count > 0 && s->include.item[0].records == s->records) {
		print_default(s, all);
	} else {
		printf("  all: %.*s # what a forbidden all becomes\n", ZM_STR_ARG(all));
	}
	print_null_zones(s);
}

int zm_init_command(const struct zm_options *options)
{
	struct zm_session session;
	struct zm_options paths = *options;
	paths.operand++; /* the word init */
	paths.operands--;
	if (zm_session_ask(&session, &paths)) {
		struct zm_arena arena = {0};
		struct starter starter = {.arena = &arena, .session = &session};
		count_all(&starter);
		if (starter.zones > 0) { /* else that was said */
			print(&starter);
		}
		zm_arena_release(&arena);
	}
	return zm_session_end(&session);
}
