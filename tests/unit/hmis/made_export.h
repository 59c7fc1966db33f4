/* Small exports for tests, made in a folder under /tmp or in a zip. */
#ifndef TEST_MADE_EXPORT_H
#define TEST_MADE_EXPORT_H

#include "base/str.h"

struct made_file {
	const char *name;
	struct str text;
};

#define MADE_EXPORT_HEADER                                                                                             \
	"ExportID,SourceType,SourceID,SourceName,ExportDate,ExportStartDate,ExportEndDate,SoftwareName,"               \
	"SoftwareVersion,CSVVersion,ExportPeriodType,ExportDirective,HashStatus,ImplementationID\n"
#define MADE_EXPORT_ROW(id)                                                                                            \
	id ",3,,Nowhere,2026-01-02 03:04:05,2025-01-01,2025-12-31,Tester,1,2026 v1.0,3,2,1,Nowhere\n"
#define MADE_EXPORT                                                                                                    \
	{                                                                                                              \
		"Export.csv", STR_INIT(MADE_EXPORT_HEADER MADE_EXPORT_ROW("X1"))                                       \
	}

/* A new folder for one test, removed with all in it by made_remove. */
const char *made_folder(struct arena *a);
void made_remove(const char *folder);

/* Writes the files, up to one without a name, into folder/sub; returns its path. */
const char *made_write(struct arena *a, const char *folder, const char *sub, const struct made_file *files);

/* The same as a zip; `inside` is put before each name in it; stored, not compressed, if asked for. */
const char *made_zip(struct arena *a, const char *folder, const char *name, const char *inside, bool stored,
		     const struct made_file *files);

#endif
