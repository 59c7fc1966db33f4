/* What stands around a page: templates/layout.html and, for a live meeting, templates/meeting.html.
 *
 * One function fills it per request; pages embed it in nothing and receive it beside their view:
 *
 *     {% use layout view->layout %}
 *
 * where `layout` is a `const struct layout *`. The page writes its own <h1 class="title">.
 */
#ifndef WEB_LAYOUT_H
#define WEB_LAYOUT_H

#include "web/html.h"
#include "web/parts.h"

struct menu_entry {
	struct str label;
	struct url href;
	bool here;
};

struct layout {
	struct str title; /* of the browser's tab; the site's name is put behind it */
	struct url css;   /* asset_app_css */
	struct url js;    /* asset_app_js */
	struct url icon;  /* asset_icon_svg */
	struct url home;
	const struct menu_entry *menu;
	size_t menu_n;
	const struct menu_entry *more; /* folded away: what is not needed every day */
	size_t more_n;
	struct str who;      /* "Region 4 · Lee Tran · list holder"; empty: nobody is signed in */
	struct url sign_out; /* a POST */
	struct str csrf;
	const struct notice_view *notices;
	size_t notices_n;

	/* Live pages: the stream, and the number of the last event that the page shows already. */
	struct url stream; /* empty: the page is not live */
	int64_t stream_after;

	bool leaves; /* blurs while its window is left */

	struct str body_class; /* "page--aside", "page--meeting", "page--narrow" or empty */
};

/* The bar of a meeting instead of the menu. */
struct meeting_layout {
	const struct layout *layout;
	struct str title;    /* "Region 4 case conference" */
	struct str subtitle; /* "Tue 17 Nov 2026 · highest priority" */
	struct url back;     /* where the title leads */
	struct str here;     /* "14 here"; empty: nothing is shown */
	struct url bar;      /* the fragment of this bar, for the live parts; empty: none */
	struct str live;     /* the events that concern the bar: words for data-live */
	struct url stage;    /* the page for the shared screen; empty: no button */
	const struct meter_view *meters;
	size_t meters_n;
};

#endif
