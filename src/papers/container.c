/* The OLE container by libgsf. Excel expects the data spaces; others do without ([MS-OFFCRYPTO] 2.1, 2.2.6). */
#include <pthread.h>

#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-outfile.h>
#include <gsf/gsf-output-memory.h>
#include <gsf/gsf-utils.h>

#include "base/arena.h"
#include "base/buf.h"
#include "papers/inside.h"

enum { SPACES_MOST = 512 };

static void u32(struct buf *b, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		buf_char(b, (char)(v >> 8 * i & 0xFF));
}

/* UNICODE-LP-P4: the length in bytes, UTF-16, padded to four bytes. */
static void wide(struct buf *b, struct str s)
{
	u32(b, (uint32_t)s.n * 2);
	for (size_t i = 0; i < s.n; i++) {
		buf_char(b, s.p[i]);
		buf_char(b, '\0');
	}
	if (s.n % 2 != 0)
		buf_lit(b, "\0\0");
}

/* Who may read, update and write it: 1.0 in each of the three. */
static void versions(struct buf *b)
{
	for (int i = 0; i < 3; i++)
		u32(b, 1);
}

#define SPACE S("StrongEncryptionDataSpace")
#define TRANSFORM S("StrongEncryptionTransform")

static struct str version_stream(struct arena *a)
{
	struct buf b = buf_new(a, SPACES_MOST);
	wide(&b, S("Microsoft.Container.DataSpaces"));
	versions(&b);
	return buf_text(&b);
}

/* One entry: the stream EncryptedPackage is in that data space. */
static struct str map_stream(struct arena *a)
{
	struct buf entry = buf_new(a, SPACES_MOST);
	u32(&entry, 1); /* components */
	u32(&entry, 0); /* it is a stream */
	wide(&entry, S("EncryptedPackage"));
	wide(&entry, SPACE);
	struct buf b = buf_new(a, SPACES_MOST);
	u32(&b, 8); /* bytes of this head */
	u32(&b, 1); /* entries */
	u32(&b, (uint32_t)entry.n + 4);
	buf_str(&b, buf_text(&entry));
	return buf_text(&b);
}

static struct str space_stream(struct arena *a)
{
	struct buf b = buf_new(a, SPACES_MOST);
	u32(&b, 8); /* bytes of this head */
	u32(&b, 1); /* transforms */
	wide(&b, TRANSFORM);
	return buf_text(&b);
}

static struct str transform_stream(struct arena *a)
{
	struct buf id = buf_new(a, SPACES_MOST);
	wide(&id, S("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}"));
	struct buf b = buf_new(a, SPACES_MOST);
	u32(&b, (uint32_t)id.n + 8); /* bytes up to the name */
	u32(&b, 1);                  /* a transform by password */
	buf_str(&b, buf_text(&id));
	wide(&b, S("Microsoft.Container.EncryptionTransform"));
	versions(&b);
	u32(&b, 0); /* agile encryption names its ciphers elsewhere: no name, no block size, no mode */
	u32(&b, 0);
	u32(&b, 0);
	u32(&b, 4); /* reserved, always four */
	return buf_text(&b);
}

static GsfOutfile *folder(GsfOutfile *in, const char *name)
{
	return GSF_OUTFILE(gsf_outfile_new_child(in, name, TRUE));
}

static void shut(GsfOutput *o, bool *fine)
{
	*fine = gsf_output_close(o) && *fine;
	g_object_unref(o);
}

static void stream(GsfOutfile *in, const char *name, struct str bytes, bool *fine)
{
	GsfOutput *o = gsf_outfile_new_child(in, name, FALSE);
	*fine = gsf_output_write(o, bytes.n, (const guint8 *)bytes.p) && *fine;
	shut(o, fine);
}

static pthread_once_t started = PTHREAD_ONCE_INIT;

err_t container_write(struct arena *a, struct str info, struct str package, struct str *out)
{
	struct str version = version_stream(a), map = map_stream(a), space = space_stream(a);
	struct str transform = transform_stream(a);
	bool fine = true;
	pthread_once(&started, gsf_init);
	GsfOutput *memory = gsf_output_memory_new();
	GsfOutfile *root = gsf_outfile_msole_new(memory);
	GsfOutfile *spaces = folder(root, "\006DataSpaces");
	stream(spaces, "Version", version, &fine);
	stream(spaces, "DataSpaceMap", map, &fine);
	GsfOutfile *infos = folder(spaces, "DataSpaceInfo");
	stream(infos, "StrongEncryptionDataSpace", space, &fine);
	shut(GSF_OUTPUT(infos), &fine);
	GsfOutfile *transforms = folder(spaces, "TransformInfo");
	GsfOutfile *strong = folder(transforms, "StrongEncryptionTransform");
	stream(strong, "\006Primary", transform, &fine);
	shut(GSF_OUTPUT(strong), &fine);
	shut(GSF_OUTPUT(transforms), &fine);
	shut(GSF_OUTPUT(spaces), &fine);
	stream(root, "EncryptionInfo", info, &fine);
	stream(root, "EncryptedPackage", package, &fine);
	shut(GSF_OUTPUT(root), &fine); /* children first: a container writes its list of them at the end */
	size_t n = (size_t)gsf_output_size(memory);
	if (fine)
		*out = str_dup(a,
			       (struct str){(const char *)gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory)), n});
	g_object_unref(memory);
	return fine ? NULL : err_internal(a, "libgsf could not write a container");
}
