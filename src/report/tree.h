/*
 * tree: what a record leads to, term by term, with its cost in DNS lookups.
 *
 *	                             lookups
 *	example.com.                       3  zones/example.com.zone:6
 *	├── mx                             1  2 IPv4 and 1 IPv6 addresses
 *	├── include:_spf.example.com       1
 *	│   └── ip4:192.0.2.0/24              256 IPv4 addresses
 *	├── include:spf.example.net       1+  in no zone
 *	└── -all
 *	3 of 10 DNS lookups, and what is in no zone
 *	void: 0 of 2
 *	258 IPv4 and 1 IPv6 addresses: pass
 *	all other addresses: pass if include:spf.example.net matches, else fail
 */
#ifndef ZM_REPORT_TREE_H
#define ZM_REPORT_TREE_H

#include "spf/limits.h"
#include "spf/space.h"
#include "zone/zone.h"

#include <stdio.h>

struct zm_report_tree {
	FILE *out;
	bool color;
	bool ascii;
	bool verbose;               /* all of many addresses, one after the other */
	const struct zm_zone *zone; /* which of several zones of one name answered; NULL: it is the
				       only one */
	const struct zm_spf_graph
		*graph; /* costs are counted; records come from the zone set, where
			   their `from` is a struct zm_record, or else it is NULL */
	const struct zm_spf_limits *limits;
	const struct zm_space *space;
	const struct zm_verdicts *verdicts;
};

void zm_report_tree_text(const struct zm_report_tree *report);
void zm_report_tree_json(const struct zm_report_tree *report);
void zm_report_tree_dot(const struct zm_report_tree *report); /* for Graphviz */

/* ---- For the three of them ---- */

enum zm_tree_mood { ZM_TREE_PLAIN, ZM_TREE_WARNING, ZM_TREE_ERROR };

struct zm_tree_note {
	struct zm_str text; /* may be empty */
	enum zm_tree_mood mood;
};

/* What is to be said of a term, and of a record; not what the record's own terms say. */
struct zm_tree_note zm_tree_term_note(struct zm_arena *arena, const struct zm_spf_node *node,
				      const struct zm_spf_branch *branch);
struct zm_tree_note zm_tree_record_note(struct zm_arena *arena, const struct zm_spf_node *node);

/* `zones/example.com.zone:6`; empty where it is not from a file. */
struct zm_str zm_tree_place(struct zm_arena *arena, const struct zm_spf_node *node);

/* `12`, `3+` where it may be more, `loop`. */
struct zm_str zm_tree_lookups(struct zm_arena *arena, const struct zm_spf_cost *cost);

/* `5 of 10 DNS lookups`, `void: 0 of 2`, with all that is to be said of them. */
struct zm_tree_note zm_tree_lookups_note(struct zm_arena *arena, const struct zm_spf_node *node);
struct zm_tree_note zm_tree_voids_note(struct zm_arena *arena, const struct zm_spf_node *node);

#endif
