/* Small exports written by a test, and the import's use cases on the fixture's database. */
#ifndef TESTS_UNIT_APP_IMPORT_FIXTURE_H
#define TESTS_UNIT_APP_IMPORT_FIXTURE_H

#include "store_fixture.h"

#include "app/import.h"
#include "app/listing.h"

/* What Export.csv says. */
struct export_head {
	const char *source; /* SourceID */
	const char *date;   /* "2026-11-01 12:00:00" */
	const char *start, *end;
	int directive; /* 1 delta, 2 full refresh */
	int hash;      /* 1 unhashed, 4 SHA-256 */
};

/* One file: its name, its header, its rows, each ended by "\n". */
struct export_file {
	const char *name;
	const char *text;
};

/* Headers of the files as the tests write them. */
#define ORGANIZATION "OrganizationID,OrganizationName,VictimServiceProvider,DateUpdated,DateDeleted\n"
#define PROJECT "ProjectID,OrganizationID,ProjectName,ProjectType,DateUpdated,DateDeleted\n"
#define CLIENT "PersonalID,FirstName,MiddleName,LastName,SSN,DOB,VeteranStatus,DateUpdated,DateDeleted\n"
#define ENROLLMENT                                                                                                     \
	"EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,LivingSituation,DateUpdated,"       \
	"DateDeleted\n"
#define EXIT "ExitID,EnrollmentID,PersonalID,ExitDate,Destination,DateUpdated,DateDeleted\n"
#define SITUATION                                                                                                      \
	"CurrentLivingSitID,EnrollmentID,PersonalID,InformationDate,CurrentLivingSituation,DateUpdated,DateDeleted\n"

/* Writes the files into a new folder below the fixture's, ended by one without a name; its path. */
const char *export_write(struct store *s, const struct export_head *head, const struct export_file *files);

/* Stages and applies; the preview. */
void import_apply(struct store *s, const char *path, struct import_view *out);

/* Of a viewer whose agency and self signed what is needed. */
#define SIGNED_EVERYWHERE                                                                                              \
	{                                                                                                              \
		.today = COVERED, .everywhere = true                                                                   \
	}

/* Everybody has signed for every agency with a memorandum. */
void release_all(struct store *s);

/* An operator's call that lives as long as the test. */
struct call *import_operator(struct store *s);

#endif
