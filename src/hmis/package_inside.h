/* The inside of hmis/package.h, shared by the files that open, understand and read a package. */
#ifndef HMIS_PACKAGE_INSIDE_H
#define HMIS_PACKAGE_INSIDE_H

#include "hmis/csv.h"
#include "hmis/package.h"

enum { HMIS_PACKAGE_FLAGS_MAX = 512 };

struct hmis_member {
	bool here;
	bool unusable;   /* a key column is missing */
	uint64_t shape;  /* stands for the names of its columns */
	struct str map;  /* of a folder's file; empty for a zip's */
	uint64_t size;   /* unpacked */
	uint64_t packed; /* in a zip: */
	uint64_t index;
	uint32_t crc;
	bool stored; /* not compressed */
};

struct hmis_package {
	const char *path;
	bool zip;
	struct hmis_member members[HMIS_FILE_COUNT];
	struct hmis_export export;
	struct hmis_flag flags[HMIS_PACKAGE_FLAGS_MAX];
	size_t flags_n;
};

/* Remembers what is odd; past the maximum nothing is added, as there are fewer columns than that. */
void package_flag(struct hmis_package *p, struct hmis_flag f);

/* hmis/zip.c: finds the members of the zip at p->path. */
must err_t zip_find(struct arena *a, struct hmis_package *p);

/* Reads a zip's member from its beginning. The stream is closed by hand; its read fails with
 * ERR_INVALID where the data are damaged or longer than the zip says. */
struct zip_stream;
must err_t zip_stream_open(struct arena *a, const struct hmis_package *p, enum hmis_file f, struct zip_stream **out);
struct csv_stream *zip_stream_csv(struct zip_stream *z);
void zip_stream_close(struct zip_stream **z);

/* hmis/export.c: reads Export.csv, and the first row of the other files to tell which row of it counts. */
must err_t export_read(struct arena *a, struct hmis_package *p);

/* The first bytes of a member, at most `max`, in the arena. */
must err_t package_peek(struct arena *a, const struct hmis_package *p, enum hmis_file f, size_t max, struct str *out);

#endif
