/*
 * origin: the name of the zone that a file holds, told from what it says, else from what it is
 * called.
 */
#ifndef ZM_ZONE_ORIGIN_H
#define ZM_ZONE_ORIGIN_H

#include "zone/head.h"
#include "zone/load.h"

/*
 * The apex: the owner of the first SOA, where it is absolute or an absolute $ORIGIN stands before
 * it, also in a file that is included within the bounds of `options`; else the file's name
 * (`example.com.zone`, `db.example.com`, `zone.example.com`, `example.com.db`, `example.com.dns`,
 * `example.com.hosts`, `example.com`). ZM_ORIGIN_UNKNOWN when neither tells; `out` is then
 * undefined.
 */
enum zm_origin_from zm_origin_find(struct zm_name_buf *out, const struct zm_source *source,
				   const struct zm_load_options *options);

/* The first half alone, of these bytes. */
bool zm_origin_from_content(struct zm_name_buf *out, struct zm_str bytes);

/*
 * The same for who reads the entries anyway, from the first on:
 *	struct zm_origin_search search = {.bytes = bytes};
 *	... zm_origin_search_on(&search, &entry, &head); ...
 *	if (zm_origin_search_end(&search, &name)) ...   (false also where there is more to read)
 */
struct zm_origin_search {
	struct zm_str bytes;
	struct zm_name_buf origin; /* in force */
	struct zm_name_buf owner;
	bool has_origin; /* an absolute one */
	bool has_owner;
	bool met_soa;
	bool is_over;
};

void zm_origin_search_on(struct zm_origin_search *search, const struct zm_entry *entry,
			 const struct zm_head *head);
bool zm_origin_search_end(const struct zm_origin_search *search, struct zm_name_buf *out);

/* The last part alone: a path's name. */
bool zm_origin_from_file_name(struct zm_name_buf *out, struct zm_str path);

#endif
