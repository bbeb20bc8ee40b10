#include "fix/batch.h"

#include "fix/compile.h"

/* Of several records that say the same servers make one. Were one of them changed alone, because
 * the others may not be taken away, they would be two (RFC 7208 4.5). */
static bool comes_later(const struct zm_finding *finding)
{
	enum zm_stage stage = zm_rule_info[finding->rule].stage;
	return finding->is_of_several && stage > ZM_STAGE_MERGING && stage < ZM_STAGE_SERIAL;
}

bool zm_batch_may_apply(const struct zm_mend_options *options, const struct zm_finding *finding)
{
	enum zm_safety safety = finding->fix.safety;
	return safety != ZM_FIX_NONE && (safety != ZM_FIX_UNSAFE || options->unsafe) &&
	       !comes_later(finding);
}

/* ---- Which files ---- */

static const struct zm_mend_bar *find_bar(const struct zm_mend_options *options,
					  const struct zm_source *source)
{
	for (size_t i = 0; i < options->bars; i++) {
		if (zm_source_same_file(options->bar[i].source, source)) {
			return &options->bar[i];
		}
	}
	return NULL;
}

bool zm_batch_may_change(const struct zm_mend_options *options, const struct zm_zone *zone,
			 const struct zm_source *source, struct zm_error *err)
{
	const struct zm_mend_bar *bar = find_bar(options, source);
	if (bar != NULL) {
		return zm_error_set(err, "%.*s", ZM_STR_ARG(bar->why));
	}
	if (source->made_by != NULL) {
		return zm_error_set(err, "the record is made by $GENERATE: mend that by hand");
	}
	if (source == zone->source || options->in_included) {
		return true;
	}
	return zm_error_set(err,
			    "the record is in an included file, %s, which other zones may include: "
			    "mend it there by hand",
			    source->name);
}

/* What a round is put together from. */
struct collecting {
	const struct zm_batch_query *query;
	struct zm_arena *arena;
	struct zm_batch batch;
	const struct zm_source **uneven; /* files whose places ask for different texts */
	size_t unevens;
	size_t capacity;
	struct zm_error *err;
};

static bool is_uneven(const struct collecting *c, const struct zm_source *source)
{
	for (size_t i = 0; i < c->unevens; i++) {
		if (zm_source_same_file(c->uneven[i], source)) {
			return true;
		}
	}
	return false;
}

static bool may_change_all(struct collecting *c, const struct zm_edits *edits)
{
	for (size_t i = 0; i < edits->count; i++) {
		const struct zm_source *source = edits->item[i].source;
		if (is_uneven(c, source)) {
			return zm_error_set(c->err,
					    "%s is included at several places, whose records "
					    "ask for different texts: mend it by hand",
					    source->name);
		}
		if (!zm_batch_may_change(c->query->options, c->query->zone, source, c->err)) {
			return false;
		}
	}
	return true;
}

/* ---- Which fixes ---- */

static void take_fix(struct collecting *c, const struct zm_fix *fix)
{
	struct zm_batch *batch = &c->batch;
	struct zm_edits edits;
	if (!zm_fix_compile(&edits, c->arena, c->query->zone, fix, c->err) ||
	    !may_change_all(c, &edits) || edits.count == 0 ||
	    zm_edits_overlap(&edits, &batch->edits)) {
		return;
	}
	for (size_t i = 0; i < edits.count; i++) {
		zm_edits_add(&batch->edits, c->arena, edits.item[i]);
	}
	zm_edits_settle(&batch->edits);
	batch->fix[batch->count++] = fix;
}

static void take_all(struct collecting *c)
{
	const struct zm_findings *findings = c->query->findings;
	c->batch = (struct zm_batch){
		.fix = zm_arena_array(c->arena, findings->count, sizeof(struct zm_fix *)),
	};
	for (size_t i = 0; i < findings->count; i++) {
		const struct zm_finding *finding = findings->item[i];
		if (zm_batch_may_apply(c->query->options, finding) &&
		    zm_rule_info[finding->rule].stage == c->query->stage) {
			take_fix(c, &finding->fix);
		}
	}
}

struct zm_batch zm_batch_collect(const struct zm_batch_query *query, struct zm_arena *arena,
				 struct zm_error *err)
{
	struct collecting c = {.query = query, .arena = arena, .err = err};
	const struct zm_source *uneven;
	take_all(&c);
	/* Each time one file more is left out, so that it ends. */
	while ((uneven = zm_rewrites_unite(&c.batch.edits, query->zone)) != NULL) {
		c.uneven =
			zm_arena_grow(arena, c.uneven, c.unevens, &c.capacity, sizeof(*c.uneven));
		c.uneven[c.unevens++] = uneven;
		take_all(&c);
	}
	return c.batch;
}
