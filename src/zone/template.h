/*
 * template: is a file the source of a zone rather than a zone? A file with a placeholder where a
 * server reads (outside of comments and quoted strings, but in the strings of an SPF record, which
 * would be edited) is filled in by some other tool before a
 * server sees it.
 *
 *	{{ ip }}  {% for ... %}  <%= time() %>  @@NAME@@  ${NAME}  {NAME}
 */
#ifndef ZM_ZONE_TEMPLATE_H
#define ZM_ZONE_TEMPLATE_H

#include "base/str.h"

/* How far a placeholder is looked for: templates are written by hand, large zones are not. */
enum { ZM_TEMPLATE_BYTES_MAX = 1 << 20 };

/*
 * True when a placeholder opens and closes on one line of the first ZM_TEMPLATE_BYTES_MAX bytes.
 * What $GENERATE writes, `${0,3,d}`, is none, nor is a macro of SPF, `%{IR}` (RFC 7208 7.2).
 */
bool zm_file_is_template(struct zm_str bytes);

/*
 * How many bytes at the start of `text` are a placeholder for the SOA's serial, by what it is
 * called; 0: none are. It makes no template of a file: all else in it may be a zone.
 *
 *	@SERIAL@  %SERIAL%  __SERIAL__  $SERIAL  SERIAL  {{ serial_number }}  <%= serial %>
 */
size_t zm_serial_placeholder(struct zm_str text);

#endif
