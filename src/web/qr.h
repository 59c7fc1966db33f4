/* QR codes as the path of an SVG picture, drawn with libqrencode; nothing is asked of another host. */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "base/err.h"
#include "base/str.h"

struct qr {
	struct str path; /* the dark squares, one unit each, for the attribute "d" of <path> */
	struct str box;  /* for "viewBox": with the quiet margin of four units that readers need */
};

must err_t qr_draw(struct arena *a, struct str text, struct qr *out);

#endif
