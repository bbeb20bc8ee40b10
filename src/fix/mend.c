#include "fix/mend.h"

#include "fix/batch.h"
#include "fix/ledger.h"
#include "fix/mendable.h"
#include "zone/rdata/soa.h"

#include <stdio.h>
#include <stdlib.h>

/* One zone on its way: the file as it is now, and what was done to it. */
struct mending {
	struct zm_arena *arena;
	const struct zm_mend_options *options;
	const struct zm_zone *first;        /* as it was read */
	const struct zm_zone *zone;         /* as it is now */
	const struct zm_load_options *load; /* by which it was read; NULL: it is the first */
	struct zm_arena *round; /* holds the zone, `load` and `findings` after the first round; else
				   NULL */
	struct zm_findings findings;
	struct zm_ledger ledger;
	struct zm_rewrites files;
	struct zm_error err; /* why the last fix of this round could not be compiled, or empty */
	size_t mended;
	bool watches_serial;             /* lint compares the serial too */
	const struct zm_finding *serial; /* the first that asks for another serial, or NULL */
	size_t serials;                  /* how many do */
};

/* ---- A round ---- */

/* What the zone was, to compare it with as it is now: the disk has other files by that name. */
static struct zm_earlier earlier_than_now(const struct mending *m)
{
	struct zm_earlier earlier = *m->options->earlier;
	if (m->load != NULL) {
		earlier.load = m->load;
		earlier.has_same_parts = false;
	}
	return earlier;
}

static void lint(struct mending *m, struct zm_arena *arena)
{
	bool compares = m->watches_serial && m->options->earlier != NULL;
	const struct zm_earlier earlier = compares ? earlier_than_now(m) : (struct zm_earlier){0};
	const struct zm_lint_task task = {
		.zone = m->zone,
		.set = m->options->set,
		.policy = m->options->policy,
		.earlier = compares ? &earlier : NULL,
	};
	zm_set_add(m->options->set, m->zone);
	zm_lint_zone_by(&m->findings, arena, &task, NULL);
}

static void release_arena(void *arena)
{
	zm_arena_release(arena);
}

/*
 * A round's memory: its edits, the bytes that they make, the zone and the findings read from those.
 * It is given back when the next round's zone stands, so that a large zone costs two rounds' memory
 * and not all of them.
 */
static struct zm_arena *new_round(struct mending *m)
{
	struct zm_arena *round = zm_arena_alloc(m->arena, sizeof(*round));
	zm_arena_defer(m->arena, release_arena, round);
	return round;
}

static void enter_round(struct mending *m, struct zm_arena *round)
{
	if (m->round != NULL) {
		zm_arena_release(m->round);
	}
	m->round = round;
}

/* What is read of a file that nobody changes is what was read of it first. */
static void reload(struct mending *m, struct zm_arena *round, const struct zm_edits *edits)
{
	const struct zm_rewrites_target target = {m->first, m->arena, round};
	zm_rewrites_apply(&m->files, &target, edits);
	struct zm_load_options *load = zm_arena_alloc(round, sizeof(*load));
	*load = *m->options->load;
	load->origin = m->first->origin;
	load->origin_from = m->first->origin_from;
	load->files = zm_rewrites_give(round, &m->files, m->first);
	m->zone = zm_zone_load(round, zm_rewrites_own(round, &m->files, m->first), load);
	m->load = load;
	lint(m, round);
	enter_round(m, round);
}

static void apply(struct mending *m, struct zm_arena *round, const struct zm_batch *batch)
{
	zm_ledger_book(&m->ledger, batch->fix, batch->count);
	m->mended += batch->count;
	reload(m, round, &batch->edits);
}

/* True when the round changed something. */
static bool run_round(struct mending *m)
{
	struct zm_arena *round = new_round(m);
	m->err.text[0] = '\0';
	struct zm_batch_query query = {m->zone, &m->findings, m->options, ZM_STAGE_QUOTING};
	for (; query.stage <= ZM_STAGE_SPLITTING; query.stage++) {
		struct zm_batch batch = zm_batch_collect(&query, round, &m->err);
		if (batch.count > 0) {
			apply(m, round, &batch);
			return true;
		}
	}
	zm_arena_release(round);
	return false;
}

static size_t count_applicable(const struct mending *m)
{
	size_t count = 0;
	for (size_t i = 0; i < m->findings.count; i++) {
		count += zm_batch_may_apply(m->options, m->findings.item[i]);
	}
	return count;
}

/* ---- Serial and proof ---- */

static bool asks_for_serial(const struct mending *m, const struct zm_finding *finding)
{
	return zm_batch_may_apply(m->options, finding) &&
	       zm_rule_info[finding->rule].stage == ZM_STAGE_SERIAL;
}

static void note_serial(struct mending *m)
{
	for (size_t i = 0; i < m->findings.count; i++) {
		const struct zm_finding *finding = m->findings.item[i];
		if (asks_for_serial(m, finding)) {
			m->serial = m->serials == 0 ? finding : m->serial;
			m->serials++;
		}
	}
}

static struct zm_edits serial_edits(struct zm_arena *arena, const struct zm_zone *zone,
				    uint32_t serial)
{
	struct zm_edits edits = {0};
	struct zm_str text = zm_arena_printf(arena, "%u", (unsigned)serial);
	zm_edits_add(&edits, arena,
		     (struct zm_edit){zone->soa->source, zone->soa->serial_at, text});
	zm_edits_settle(&edits);
	return edits;
}

static void refuse(struct zm_mend *mend, struct mending *m, const struct zm_zone *zone,
		   struct zm_str reason)
{
	m->zone = zone;
	m->load = NULL;
	m->watches_serial = true;
	lint(m, m->arena);
	enter_round(m, NULL);
	mend->outcome = ZM_MEND_REFUSED;
	mend->reason = reason;
	mend->zone = zone;
	mend->left = m->findings;
}

/* What was asked for when nothing but the serial is to be changed; else the next one. */
static struct zm_serial_next next_serial(const struct mending *m, uint32_t serial)
{
	uint64_t asked;
	if (m->options->earlier == NULL) {
		return zm_serial_bump_by(serial, &m->options->serial);
	}
	struct zm_serial_next next = zm_earlier_next(m->options->earlier, serial);
	if (m->serial != NULL && m->mended == 0 &&
	    zm_str_number(m->serial->fix.op[0].text, UINT32_MAX, &asked) &&
	    (uint32_t)asked != next.serial) {
		next = (struct zm_serial_next){.serial = (uint32_t)asked, .style = next.style};
	}
	return next;
}

static void bump_serial(struct zm_mend *mend, struct mending *m)
{
	bool is_known = zm_zone_serial(m->zone, &mend->old_serial);
	/* A placeholder stays for whatever fills it in. */
	mend->serial = is_known ? next_serial(m, mend->old_serial)
				: (struct zm_serial_next){.style = ZM_SERIAL_KEEP};
	m->watches_serial = true;
	if (mend->serial.serial != mend->old_serial) {
		zm_ledger_book_serial(&m->ledger, mend->serial.serial);
		struct zm_arena *round = new_round(m);
		const struct zm_edits edits = serial_edits(round, m->zone, mend->serial.serial);
		reload(m, round, &edits);
		m->mended += m->serials;
	} else if (m->options->earlier != NULL) {
		lint(m, m->round == NULL ? m->arena : m->round);
	}
}

/* Why fixes are still there that the last round has tried; the serial is not one of them. */
static struct zm_str reason_of_left(struct mending *m)
{
	size_t left = 0;
	for (size_t i = 0; i < m->findings.count; i++) {
		const struct zm_finding *finding = m->findings.item[i];
		left += zm_batch_may_apply(m->options, finding) && !asks_for_serial(m, finding);
	}
	if (left == 0 || m->err.text[0] == '\0') {
		return ZM_STR("");
	}
	return zm_arena_printf(m->arena, "%zu other finding%s stay%s: %s", left,
			       left == 1 ? "" : "s", left == 1 ? "s" : "", m->err.text);
}

static void finish(struct zm_mend *mend, struct mending *m, const struct zm_zone *zone)
{
	struct zm_error err;
	struct zm_load_options load = *m->options->load;
	load.origin = zone->origin;
	const struct zm_fault *fault = zm_mendable_fault(m->zone, true);
	if (fault != NULL) {
		/* By its owner: lines have moved since the file was read. */
		struct zm_str owner = zm_name_text(m->arena, fault->owner);
		refuse(mend, m, zone,
		       zm_arena_printf(
			       m->arena,
			       "the zone does not load: mend the record of %.*s first (%.*s)",
			       ZM_STR_ARG(owner), ZM_STR_ARG(fault->message)));
		return;
	}
	mend->records = zm_ledger_records(&m->ledger);
	bump_serial(mend, m);
	const struct zm_planned_changes changes = {m->ledger.change, m->ledger.count};
	if (!zm_proof(zone, &m->files, &load, &changes, &err)) {
		refuse(mend, m, zone,
		       zm_arena_printf(m->arena,
				       "the result could not be proved, nothing was changed: %s",
				       err.text));
		return;
	}
	mend->outcome = ZM_MEND_PLANNED;
	mend->changes = changes;
	mend->reason = reason_of_left(m);
	mend->files = m->files;
	mend->bytes = m->zone->source->bytes;
	mend->findings = m->mended;
	mend->zone = m->zone;
	mend->left = m->findings;
}

void zm_mend_plan(struct zm_mend *mend, struct zm_arena *arena, const struct zm_zone *zone,
		  const struct zm_mend_options *options)
{
	struct mending m = {
		.arena = arena,
		.options = options,
		.first = zone,
		.zone = zone,
	};
	zm_ledger_init(&m.ledger, arena);
	m.watches_serial = true;
	*mend = (struct zm_mend){.outcome = ZM_MEND_NOTHING, .zone = zone};
	lint(&m, arena);
	mend->left = m.findings;
	if (count_applicable(&m) == 0) {
		return;
	}
	struct zm_str obstacle = zm_mendable_obstacle_under(arena, zone, options);
	if (obstacle.len > 0) {
		refuse(mend, &m, zone, obstacle);
		return;
	}
	note_serial(&m);
	m.watches_serial = false;
	size_t rounds = 0;
	while (rounds < ZM_MEND_ROUNDS_MAX && run_round(&m)) {
		rounds++;
	}
	if (rounds == ZM_MEND_ROUNDS_MAX) {
		refuse(mend, &m, zone, ZM_STR("the fixes do not settle: mend the record by hand"));
	} else if (rounds == 0 && m.serial == NULL) {
		refuse(mend, &m, zone, zm_arena_copy(arena, zm_str_from(m.err.text)));
	} else {
		finish(mend, &m, zone);
	}
}

/* The serial as it comes out, booked as the one change. False: there is none any more. */
static bool follow_serial(struct zm_mend *mend, struct mending *m)
{
	const struct zm_record *new = m->zone->soa;
	if (new == NULL || new->soa_data == NULL) {
		return false;
	}
	zm_zone_serial(m->first, &mend->old_serial);
	mend->serial = zm_serial_bump_by(mend->old_serial, &m->options->serial);
	zm_zone_serial(m->zone, &mend->serial.serial);
	if (mend->serial.serial != mend->old_serial) {
		zm_ledger_book_serial(&m->ledger, mend->serial.serial);
	}
	return true;
}

void zm_mend_follow(struct zm_mend *mend, struct zm_arena *arena, const struct zm_zone *zone,
		    const struct zm_mend_options *options, const struct zm_rewrites *files)
{
	struct zm_error err;
	const struct zm_edits none = {0};
	struct mending m = {.arena = arena, .options = options, .first = zone};
	struct zm_str obstacle = zm_mendable_obstacle_under(arena, zone, options);
	*mend = (struct zm_mend){.zone = zone};
	if (obstacle.len > 0) {
		refuse(mend, &m, zone, obstacle);
		return;
	}
	for (size_t i = 0; i < files->count; i++) {
		zm_rewrites_add(&m.files, arena, files->item[i]);
	}
	zm_ledger_init(&m.ledger, arena);
	reload(&m, new_round(&m), &none);
	struct zm_load_options load = *options->load;
	load.origin = zone->origin;
	bool has_serials = follow_serial(mend, &m);
	const struct zm_planned_changes changes = {m.ledger.change, m.ledger.count};
	if (!has_serials || !zm_proof(zone, &m.files, &load, &changes, &err)) {
		refuse(mend, &m, zone, ZM_STR(""));
		mend->outcome = ZM_MEND_NOTHING;
		return;
	}
	mend->outcome = ZM_MEND_PLANNED;
	mend->files = m.files;
	mend->bytes = m.zone->source->bytes;
	mend->zone = m.zone;
	mend->left = m.findings;
}

bool zm_mend_serial(struct zm_str *bytes, const struct zm_zone *zone,
		    const struct zm_load_options *load, uint32_t next, struct zm_error *err)
{
	struct zm_arena *arena = zone->arena;
	const struct zm_mend_options none = {.load = load};
	struct zm_str obstacle = zm_mendable_obstacle_under(arena, zone, &none);
	if (obstacle.len == 0 && zone->soa->soa_data->has_placeholder) {
		obstacle =
			ZM_STR("its serial is a placeholder, which stays for whatever fills it in");
	}
	if (obstacle.len > 0) {
		return zm_error_set(err, "%.*s", ZM_STR_ARG(obstacle));
	}
	struct zm_load_options again = *load;
	again.origin = zone->origin;
	struct zm_planned_change change = {.kind = ZM_CHANGE_SERIAL, .serial = next};
	const struct zm_planned_changes changes = {&change, 1};
	const struct zm_edits edits = serial_edits(arena, zone, next);
	const struct zm_rewrites_target target = {zone, arena, arena};
	struct zm_rewrites files = {0};
	zm_rewrites_apply(&files, &target, &edits);
	*bytes = files.item[0].bytes;
	return zm_proof(zone, &files, &again, &changes, err);
}
