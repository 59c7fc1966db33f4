/* The view of templates/gallery.html: every part of the pages once, with the data given. */
#ifndef GOLDEN_GALLERY_H
#define GOLDEN_GALLERY_H

#include "web/layout.h"

struct gallery_row {
	int place;
	bool in_cycle;
	bool here;
	struct str name;
	struct url href;
	struct str who;
	struct str hmis_id;
	struct str staying;
	int days;
	int months;
	struct day updated;
	int score;
	struct str contact;
	struct str step;
	struct str step_more;
	struct chip_view late;
	struct chip_view ready;
};

struct gallery_view {
	struct layout layout;
	struct str title;
	struct str lead;
	struct tiles_view tiles;
	const struct gallery_row *rows;
	size_t rows_n;
	struct pager_view pager;
	struct str name;
	struct str place;
	struct why_view why;
	struct months_view months;
	struct empty_view empty;
	const struct field_view *fields;
	size_t fields_n;
	const struct chip_view *chips;
	size_t chips_n;
};

struct gallery_item {
	int number;
	struct str name;
	struct str more;
	struct chip_view chip;
	bool done;
	bool now;
};

struct gallery_meeting_view {
	struct meeting_layout layout;
	const struct gallery_item *queue;
	size_t queue_n;
	struct str name;
	struct str facts;
	struct str sentence;
	struct str words;
	struct tiles_view tiles;
	const struct gallery_item *records;
	size_t records_n;
	const struct str *barriers;
	size_t barriers_n;
	struct str step;
	struct str person;
	struct day by;
	struct day move_in;
	struct url save;
	const struct gallery_item *openings;
	size_t openings_n;
	const struct gallery_item *room;
	size_t room_n;
};

#endif
