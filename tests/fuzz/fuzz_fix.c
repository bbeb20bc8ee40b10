/*
 * Any zone under any policy: what fix plans is proved a second time, by a comparison that shares
 * nothing with zonemend's own reader and proof; planning again plans nothing; the serial goes on;
 * the new zone loads as well as the old one; and no TXT value other than SPF is ever said. The
 * input is a line that chooses a policy, letter by letter, and the zone example.com.
 */
#include "base/buf.h"
#include "fix/mend.h"
#include "independent/compare.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 8192, RULES_MAX = 3, NOW = 1795435200 /* 2026-11-23T12:00:00Z */ };

/* Where it stands in a TXT record that is not SPF, nothing may say it. */
static const struct zm_str secret = {"zqzqzqzq", 8};

#define ORIGIN "example.com."

static void expect(bool holds, const char *claim)
{
	if (!holds) {
		fprintf(stderr, "not so: %s\n", claim);
		abort();
	}
}

/* ---- The policy ---- */

/* Letters that choose; where they end, the first choice is taken. */
struct chooser {
	struct zm_str letters;
	size_t at;
};

static size_t choose(struct chooser *chooser, size_t count)
{
	if (chooser->at == chooser->letters.len) {
		return 0;
	}
	uint8_t letter = (uint8_t)chooser->letters.data[chooser->at++];
	return (uint8_t)(letter - 'a') % count;
}

static const char *const extended[] = {
	"",
	"extends: [recommended]\n",
	"extends: [strict]\n",
	"extends: [iclasspro]\n",
	"extends: [google-workspace]\n",
	"extends: [parked]\n",
	"extends: [recommended, microsoft-365]\n",
};
static const char *const names[] = {
	"",
	"  names: [apex]\n",
	"  names: [apex, mx]\n",
	"  names: [apex, hosts]\n",
	"  names: ['*.example.com', apex]\n",
	"  names: []\n",
};
static const char *const required[] = {
	"",
	"  require: [include:_spf.example.net]\n",
	"  require: [include:_spf.example.net, mx]\n",
	"  require: [ip4:192.0.2.0/24, 'ip6:2001:db8::/32']\n",
	"  require: [redirect=_spf.example.net]\n",
	"  require: [~all]\n",
	"  require: [a:mail.example.com, include:a.example, include:b.example]\n",
};
static const char *const forbidden[] = {
	"",
	"  forbid: [-all]\n",
	"  forbid: [-all, +all, ?all]\n",
	"  forbid: [ptr, include:*.old.example]\n",
	"  forbid: [a, mx, 'ip4:*/0']\n",
	"  forbid: [include:*, redirect=*, exp=*]\n",
};
static const char *const missing[] = {
	"",
	"  default: 'v=spf1 ~all'\n",
	"  default: 'v=spf1 include:_spf.example.net mx -all'\n",
	"  default: 'v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a:mail.example.com ~all'\n",
	"  default: 'v=spf1 a:{owner} include:_spf.{zone} ~all'\n",
};
static const char *const alls[] = {"", "  all: ~all\n", "  all: -all\n", "  all: ?all\n"};
static const char *const exact[] = {
	"",
	"",
	"  exactly: 'v=spf1 -all'\n",
	"  exactly: 'v=spf1 include:_spf.{zone} ~all'\n",
};
static const char *const zones[] = {
	"",
	"zones:\n  - match: ['*.example.com']\n    spf: {exactly: 'v=spf1 -all'}\n",
	"zones:\n  - match: [www.example.com]\n    rules: {ptr-mechanism: error}\n",
	"zones:\n  - match: [example.com]\n    spf: {require: [mx], all: ~all}\n",
};
static const char *const severities[] = {"off", "info", "warning", "error"};

#define CHOOSE(list) zm_str_from((list)[choose(chooser, sizeof(list) / sizeof(*(list)))])

static void write_rules(struct zm_buf *out, struct chooser *chooser)
{
	size_t count = choose(chooser, RULES_MAX + 1);
	for (size_t i = 0; i < count; i++) {
		size_t rule = (choose(chooser, ZM_RULE_COUNT) + i * ZM_RULE_COUNT / RULES_MAX) %
			      ZM_RULE_COUNT;
		struct zm_str severity = CHOOSE(severities);
		zm_buf_printf(out, "%s  %s: %.*s\n", i == 0 ? "rules:\n" : "",
			      zm_rule_info[rule].name, ZM_STR_ARG(severity));
	}
}

/* Not each choice goes with each other one. NULL: this one is no policy. */
static struct zm_policy *choose_policy(struct zm_arena *arena, struct chooser *chooser)
{
	struct zm_buf out = {0};
	struct zm_policy_faults faults;
	zm_buf_add(&out, ZM_STR("version: 1\n"));
	zm_buf_add(&out, CHOOSE(extended));
	zm_buf_add(&out, ZM_STR("spf:\n"));
	zm_buf_add(&out, CHOOSE(names));
	zm_buf_add(&out, CHOOSE(required));
	zm_buf_add(&out, CHOOSE(forbidden));
	zm_buf_add(&out, CHOOSE(missing));
	zm_buf_add(&out, CHOOSE(alls));
	zm_buf_add(&out, CHOOSE(exact));
	if (zm_str_ends(zm_buf_str(&out), ZM_STR("spf:\n"))) {
		out.len -= strlen("spf:\n");
	}
	zm_buf_add(&out, CHOOSE(zones));
	write_rules(&out, chooser);
	const struct zm_policy_bytes bytes = {"zonemend.yaml",
					      zm_arena_copy(arena, zm_buf_str(&out))};
	zm_buf_release(&out);
	struct zm_policy *policy = zm_policy_parse(arena, &zm_rule_catalogue, &bytes, &faults);
	if (policy != NULL) {
		policy->now = NOW;
	}
	return policy;
}

static struct zm_mend_options choose_options(struct chooser *chooser)
{
	static const enum zm_serial_style styles[] = {ZM_SERIAL_AUTO, ZM_SERIAL_DATE,
						      ZM_SERIAL_EPOCH, ZM_SERIAL_INCREMENT,
						      ZM_SERIAL_KEEP};
	struct zm_mend_options options = {.unsafe = choose(chooser, 2) == 1};
	options.serial.style = styles[choose(chooser, 5)];
	options.serial.first = (uint32_t)choose(chooser, 2);
	options.serial.now = choose(chooser, 4) == 1 ? 0 : NOW;
	return options;
}

/* ---- One run of fix ---- */

struct run {
	struct zm_arena arena;
	struct zm_source source;
	struct zm_load_options load;
	struct zm_set set;
	const struct zm_zone *zone;
	struct zm_findings before; /* what check says of it */
	struct zm_mend mend;
};

static void run_fix(struct run *run, struct zm_str bytes, const struct zm_policy *policy,
		    struct zm_mend_options options)
{
	*run = (struct run){
		.source = {.name = "example.com.zone", .bytes = bytes},
		.load = {.keep = zm_lint_keeps(policy), .root = "/nonexistent"},
	};
	static struct zm_name_buf origin;
	const char *why;
	zm_name_from_domain(&origin, ZM_STR("example.com"), &why);
	run->load.origin = zm_name_of(&origin);
	run->zone = zm_zone_load(&run->arena, &run->source, &run->load);
	zm_set_init(&run->set, &run->arena);
	zm_set_add(&run->set, run->zone);
	zm_lint_zone(&run->before, &run->arena, run->zone, &run->set, policy);
	options.set = &run->set;
	options.policy = policy;
	options.load = &run->load;
	zm_mend_plan(&run->mend, &run->arena, run->zone, &options);
}

/* ---- What is claimed of what was planned ---- */

static void check_comparison(const struct run *run, enum zm_serial_style style)
{
	struct comparison said;
	const struct zm_mend *mend = &run->mend;
	struct bytes before = {run->source.bytes.data, run->source.bytes.len};
	struct bytes after = {mend->bytes.data, mend->bytes.len};
	bool agrees = compare_zones(&said, before, after, ORIGIN);
	if (!agrees) {
		fprintf(stderr, "%s: at %zu, now %zu\n", said.why, said.old_at, said.new_at);
	}
	expect(agrees, "the new bytes are the old ones but for SPF and the serial");
	expect(!zm_str_eq(run->source.bytes, mend->bytes), "what is planned changes something");
	bool is_kept = style == ZM_SERIAL_KEEP || run->zone->soa->soa_data->has_placeholder;
	expect(said.bumped == !is_kept, "one change, one bump");
	expect(!said.bumped || serial_is_later(said.old_serial, said.new_serial),
	       "the serial goes on");
	expect(!said.bumped || (said.old_serial == mend->old_serial &&
				said.new_serial == mend->serial.serial),
	       "and is the one that was told");
}

static size_t count_rule(const struct zm_findings *findings, size_t rule)
{
	size_t count = 0;
	for (size_t i = 0; i < findings->count; i++) {
		count += findings->item[i]->rule == rule;
	}
	return count;
}

/* Rules about the zone as such: their findings may go, but never come. Of a zone that does not
 * load, for a string is too long, not all is told. */
static void check_syntax(const struct zm_findings *before, const struct zm_findings *after)
{
	for (size_t rule = 0; rule <= ZM_RULE_occluded_record; rule++) {
		expect(count_rule(after, rule) <= count_rule(before, rule),
		       "no finding about syntax comes");
	}
}

static void check_second_run(const struct run *first, const struct zm_policy *policy,
			     const struct zm_mend_options *options)
{
	struct run second;
	run_fix(&second, first->mend.bytes, policy, *options);
	expect(second.zone->loads || !first->zone->loads, "what loaded loads");
	expect(second.mend.outcome != ZM_MEND_PLANNED, "what is mended once is not mended again");
	expect(second.before.count == first->mend.left.count, "what is left was told");
	if (first->zone->loads) {
		check_syntax(&first->before, &second.before);
	}
	zm_arena_release(&second.arena);
}

/* ---- What is never said ---- */

/* Nor is it meant as SPF and only badly written, `v-spf1 mx`: that may be said. */
static bool is_private_line(const struct reading *reading, const struct line *line)
{
	for (size_t i = line->start; i + 3 <= line->end; i++) {
		if (strncasecmp(reading->bytes.data + i, "spf", 3) == 0) {
			return false;
		}
	}
	return line->says == SAYS_TEXT;
}

static bool is_private(const struct reading *reading, const struct line *line, size_t at)
{
	return is_private_line(reading, line) && at >= reading->piece[line->type].end;
}

/* Where strings come together it may stand in a text that is no secret: `"zqzq" "zqzq"`. */
static bool says_it_anyway(const struct reading *reading, const struct line *line)
{
	struct zm_str text = {line->text.data, line->text.len};
	return !is_private_line(reading, line) && zm_str_find(text, secret, 0) != SIZE_MAX;
}

/* Whether the secret is there, and nowhere but in TXT records that are not SPF. */
static bool holds_secret(struct zm_str zone)
{
	struct reading reading;
	size_t at = zm_str_find(zone, secret, 0);
	bool is_secret = at != SIZE_MAX;
	reading_start(&reading, (struct bytes){zone.data, zone.len}, ORIGIN);
	for (size_t i = 0; i < reading.lines && is_secret; i++) {
		const struct line *line = &reading.line[i];
		is_secret = !says_it_anyway(&reading, line);
		while (at < line->end && is_secret) {
			is_secret = is_private(&reading, line, at);
			at = zm_str_find(zone, secret, at + 1);
		}
	}
	reading_end(&reading);
	return is_secret;
}

static void check_report(const struct zm_findings *findings, const struct zm_policy *policy,
			 const struct zm_report_format *format)
{
	char *text = NULL;
	size_t len = 0;
	struct zm_report report = {
		.out = open_memstream(&text, &len), .retry = "", .policy = policy};
	const struct zm_report_summary summary = {0};
	expect(report.out != NULL, "memory");
	format->begin(&report);
	for (size_t i = 0; i < findings->count; i++) {
		format->finding(&report, findings->item[i]);
	}
	format->end(&report, &summary);
	fclose(report.out);
	expect(zm_str_find((struct zm_str){text, len}, secret, 0) == SIZE_MAX,
	       "no report says a TXT that is not SPF");
	free(text);
}

static void check_silence(const struct run *run, const struct zm_policy *policy)
{
	if (!holds_secret(run->source.bytes)) {
		return;
	}
	expect(zm_str_find(run->mend.reason, secret, 0) == SIZE_MAX, "no refusal says it");
	check_report(&run->before, policy, &zm_report_text);
	check_report(&run->before, policy, &zm_report_json);
	check_report(&run->mend.left, policy, &zm_report_text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_str input = {(const char *)data, size};
	size_t end = zm_str_find(input, ZM_STR("\n"), 0);
	/* a $GENERATE takes its time */
	if (size > INPUT_MAX || end == SIZE_MAX || end + 1 == size ||
	    zm_str_find(input, ZM_STR("GEN"), 0) != SIZE_MAX) {
		return 0;
	}
	struct zm_arena arena = {0};
	struct chooser chooser = {.letters = zm_str_sub(input, 0, end)};
	const struct zm_policy *policy = choose_policy(&arena, &chooser);
	if (policy != NULL) {
		struct run run;
		struct zm_mend_options options = choose_options(&chooser);
		run_fix(&run, zm_str_sub(input, end + 1, size), policy, options);
		if (run.mend.outcome == ZM_MEND_PLANNED) {
			check_comparison(&run, options.serial.style);
			check_second_run(&run, policy, &options);
		}
		expect((run.mend.outcome == ZM_MEND_REFUSED) == (run.mend.reason.len > 0),
		       "a refusal has a reason");
		check_silence(&run, policy);
		zm_arena_release(&run.arena);
	}
	zm_arena_release(&arena);
	return 0;
}
