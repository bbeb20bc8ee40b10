/*
 * eval: what check_host() said of one sender and address, and where it was decided.
 *
 *	pass: 192.0.2.25 may send as office@example.com
 *	zones/example.com.zone:6:26: mx matches
 *	    6 | @  IN  TXT  "v=spf1 mx -all"
 *	      |                     ^~
 *	1 of 10 DNS lookups, 0 of 2 void
 */
#ifndef ZM_REPORT_EVAL_H
#define ZM_REPORT_EVAL_H

#include "report/show.h"
#include "spf/eval.h"
#include "zone/zone.h"

/* One evaluation. Of a name that several zones of the set answer for, as views do, there is one for
 * each. */
struct zm_evaluation {
	const struct zm_zone *zone; /* that answered for the domain; NULL: the only one, or none */
	const struct zm_spf_outcome *outcome;
};

struct zm_report_eval {
	FILE *out;
	bool color;
	bool quiet;   /* no counts */
	bool verbose; /* each step; the evaluation has kept them */
	const struct zm_spf_client *client;
	const struct zm_evaluation *item;
	size_t items;
};

/* Records come from the zone set, where their zm_spf_visit.from is a struct zm_record, or from
 * elsewhere, where it is NULL. */
void zm_report_eval_text(const struct zm_report_eval *report);
void zm_report_eval_json(const struct zm_report_eval *report);

/* ---- For the two of them ---- */

/* One place on the way to the decision. */
struct zm_eval_place {
	const struct zm_spf_visit *visit;
	const struct zm_spf_term *term; /* NULL: the record as a whole */
	bool decides;                   /* else it leads to the next place */
};

enum { ZM_EVAL_PLACES_MAX = 32 }; /* more than lookups allow records */

/* From the outermost record to the one that decided; returns how many, 0 where there is no record.
 */
size_t zm_eval_places(struct zm_eval_place *place, const struct zm_spf_outcome *outcome);

/* The record of the zone set that the visit's is, or NULL; then the term's place in its source. */
const struct zm_record *zm_eval_record(const struct zm_spf_visit *visit);
struct zm_span zm_eval_span(const struct zm_eval_place *place);

/* The steps, line by line. */
void zm_eval_put_steps(struct zm_show *show, const struct zm_spf_outcome *outcome);

#endif
