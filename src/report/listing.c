#include "report/listing.h"

#include "report/escape.h"
#include "report/line.h"

#include <inttypes.h>

enum column { ZONE, VIEWS, FILE_NAME, TYPE, RECORDS, SPF, SERIAL, STYLE, STATE, EDITABLE, COLUMNS };

static const char *const titles[COLUMNS] = {"zone", "views",  "file",  "type",  "records",
					    "spf",  "serial", "style", "state", "editable"};

struct table {
	const struct zm_listing *listing;
	FILE *out;
	bool shown[COLUMNS];
	size_t width[COLUMNS];
	struct zm_buf cell;
	struct zm_buf line;
};

/* In characters, of UTF-8. */
static size_t width_of(struct zm_str text)
{
	size_t width = 0;
	for (size_t i = 0; i < text.len; i++) {
		width += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	}
	return width;
}

static void add_views(struct zm_buf *cell, const struct zm_listing_row *row)
{
	for (size_t i = 0; i < row->views; i++) {
		zm_buf_add(cell, i == 0 ? ZM_STR("") : ZM_STR(","));
		zm_escape(cell, zm_str_from(row->view[i]));
	}
}

static void add_zone(struct zm_buf *cell, struct zm_name zone)
{
	struct zm_arena arena = {0};
	zm_buf_add(cell, zm_name_text(&arena, zone));
	zm_arena_release(&arena);
}

static void fill_read(struct zm_buf *cell, const struct zm_listing_row *row, enum column column)
{
	switch (column) {
	case RECORDS:
		zm_buf_printf(cell, "%zu", row->records);
		break;
	case SPF:
		zm_buf_printf(cell, "%zu", row->spf_records);
		break;
	case STATE:
		zm_buf_add(cell, zm_str_from(row->state));
		break;
	default:
		if (column == STYLE) {
			zm_buf_add(cell, zm_str_from(row->serial_style));
		} else if (row->has_serial) {
			zm_buf_printf(cell, "%" PRIu32, row->serial);
		}
	}
}

static struct zm_str fill(struct table *table, const struct zm_listing_row *row, enum column column)
{
	struct zm_buf *cell = &table->cell;
	zm_buf_clear(cell);
	switch (column) {
	case ZONE:
		add_zone(cell, row->zone);
		break;
	case VIEWS:
		add_views(cell, row);
		break;
	case FILE_NAME:
		zm_escape(cell, zm_str_from(row->file));
		break;
	case TYPE:
		zm_buf_add(cell, zm_str_from(row->type));
		break;
	case EDITABLE:
		zm_buf_add(cell, row->obstacle == NULL ? ZM_STR("yes") : ZM_STR("no"));
		break;
	default:
		if (row->was_read) {
			fill_read(cell, row, column);
		}
	}
	if (cell->len == 0) {
		zm_buf_add_char(cell, '-');
	}
	return zm_buf_str(cell);
}

static void measure(struct table *table)
{
	const struct zm_listing *listing = table->listing;
	for (size_t column = 0; column < COLUMNS; column++) {
		table->shown[column] = column != TYPE || listing->has_types;
		table->width[column] = width_of(zm_str_from(titles[column]));
	}
	table->shown[VIEWS] = false;
	for (size_t i = 0; i < listing->count; i++) {
		table->shown[VIEWS] |= listing->row[i].views > 0;
		for (enum column column = 0; column < COLUMNS; column++) {
			size_t width = width_of(fill(table, &listing->row[i], column));
			table->width[column] =
				width > table->width[column] ? width : table->width[column];
		}
	}
}

/* Numbers stand at the right of their column; after the last one there are no blanks. */
static void put_cell(struct table *table, struct zm_str text, enum column column)
{
	if (!table->shown[column]) {
		return;
	}
	bool is_number = column == RECORDS || column == SPF || column == SERIAL;
	size_t blanks = table->width[column] - width_of(text);
	if (table->line.len > 0) {
		zm_buf_add(&table->line, ZM_STR("  "));
	}
	zm_buf_add_repeat(&table->line, ' ', is_number ? blanks : 0);
	zm_buf_add(&table->line, text);
	zm_buf_add_repeat(&table->line, ' ', is_number || column == EDITABLE ? 0 : blanks);
}

static void put_row(struct table *table, const struct zm_listing_row *row)
{
	for (enum column column = 0; column < COLUMNS; column++) {
		put_cell(table, fill(table, row, column), column);
	}
	zm_line_put(&table->line, table->out);
	if (row->obstacle != NULL) {
		zm_buf_add(&table->line, ZM_STR("    "));
		zm_escape(&table->line, zm_str_from(row->obstacle));
		zm_line_put(&table->line, table->out);
	}
}

static void put_summary(struct table *table)
{
	const struct zm_listing *listing = table->listing;
	size_t editable = 0;
	for (size_t i = 0; i < listing->count; i++) {
		editable += listing->row[i].obstacle == NULL;
	}
	zm_line_count(&table->line, listing->count, "zone");
	zm_buf_printf(&table->line, ", %zu editable", editable);
	zm_line_put(&table->line, table->out);
}

void zm_listing_text(FILE *out, const struct zm_listing *listing)
{
	struct table table = {.listing = listing, .out = out};
	measure(&table);
	for (enum column column = 0; column < COLUMNS; column++) {
		put_cell(&table, zm_str_from(titles[column]), column);
	}
	zm_line_put(&table.line, out);
	for (size_t i = 0; i < listing->count; i++) {
		put_row(&table, &listing->row[i]);
	}
	if (!listing->quiet) {
		put_summary(&table);
	}
	zm_buf_release(&table.cell);
	zm_buf_release(&table.line);
}
