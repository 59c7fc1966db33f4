/* AES-256 over a PDF by libqpdf, in memory. */
#include <qpdf/qpdf-c.h>

#include "base/arena.h"
#include "papers/inside.h"

static err_t seal(struct arena *a, qpdf_data q, struct str plain, const struct paper_phrase *phrase, struct str *out)
{
	/* Nobody has the owner's pass-phrase: whoever opens the file may read, print and copy, and that is all. */
	struct paper_phrase owner = paper_phrase_new();
	if ((qpdf_read_memory(q, "list", plain.p, plain.n, NULL) & QPDF_ERRORS) != 0 ||
	    (qpdf_init_write_memory(q) & QPDF_ERRORS) != 0)
		return err_internal(a, "qpdf cannot read what cairo has written");
	qpdf_set_r6_encryption_parameters2(q, phrase->text, owner.text, QPDF_TRUE, QPDF_TRUE, QPDF_FALSE, QPDF_FALSE,
					   QPDF_FALSE, QPDF_FALSE, qpdf_r3p_full, QPDF_TRUE);
	if ((qpdf_write(q) & QPDF_ERRORS) != 0)
		return err_internal(a, "qpdf cannot encrypt");
	*out = str_dup(a, (struct str){(const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q)});
	return NULL;
}

err_t pdf_close_with(struct arena *a, struct str plain, const struct paper_phrase *phrase, struct str *out)
{
	qpdf_data q = qpdf_init();
	qpdf_silence_errors(q);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	err_t e = seal(a, q, plain, phrase, out);
	qpdf_cleanup(&q);
	return e;
}
