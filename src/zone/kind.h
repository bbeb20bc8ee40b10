/*
 * kind: files that lie beside zones and are none, told by their first bytes or by their names.
 */
#ifndef ZM_ZONE_KIND_H
#define ZM_ZONE_KIND_H

#include "base/arena.h"

/* What no reader of zone text can read, as a phrase: `raw format, ...`, `a journal, ...`. NULL:
 * none of these. */
const char *zm_kind_by_content(struct zm_str bytes);

/* What the name alone says, as a phrase: a journal, named's configuration, a
 * template. NULL: nothing. */
const char *zm_kind_by_name(const char *path);

/*
 * What the file would be a copy of, by its name: `db.a` of `db.a~`, `db.a.bak`, `#db.a#` and
 * `db.a.signed`. NULL: it does not look like one. `*what` is then a phrase, `a backup copy`. In
 * `arena`; whether that other file is there is not looked at.
 */
const char *zm_kind_original(struct zm_arena *arena, const char *path, const char **what);

#endif
