#include "web/qr.h"

#include <errno.h>
#include <qrencode.h>

#include "base/buf.h"

enum { MARGIN = 4, PATH_MOST = 64 << 10 };

err_t qr_draw(struct arena *a, struct str text, struct qr *out)
{
	QRcode *code = QRcode_encodeString8bit(str_c(a, text), 0, QR_ECLEVEL_M);
	if (code == NULL && errno == ENOMEM)
		return err_internal(a, "no memory for a QR code");
	if (code == NULL)
		return err_new(a, ERR_INVALID, "This text is too long for a QR code.");
	struct buf path = buf_new(a, PATH_MOST);
	int side = code->width;
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side;) {
			int end = x;
			while (end < side && (code->data[y * side + end] & 1) != 0)
				end++;
			if (end > x)
				buf_fmt(&path, "M%d %dh%dv1h-%dz", x, y, end - x, end - x);
			x = end > x ? end : x + 1;
		}
	QRcode_free(code);
	out->path = buf_text(&path);
	out->box = str_fmt(a, "-%d -%d %d %d", MARGIN, MARGIN, side + 2 * MARGIN, side + 2 * MARGIN);
	return NULL;
}
