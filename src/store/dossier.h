/* Facts packed into bytes: what hangs on an enrollment, sealed as one.
 *
 * A fact is one row of an HMIS file: its kind, its own id, when it was updated, and the values that
 * are kept of it, named as HUD names its columns. Packed, equal facts are equal bytes, and facts of
 * one kind and id stand together when their bytes are sorted, so facts are merged without being
 * unpacked. A dossier is a list of packed facts in that order.
 *
 * What is packed outlives the program: kinds and fields keep their numbers, new ones come last.
 * Reading bears any bytes: what is no fact is refused and nothing is read beyond the end.
 *
 *     struct dossier_reader d = dossier_open(bytes);
 *     for (struct dossier_item item; dossier_next(&d, &item);) {
 *             struct dossier_fact f;
 *             if (!dossier_unpack(item.packed, &f))
 *                     break;
 *             if (f.kind == DOSSIER_Services && f.values[DOSSIER_Services_DateProvided].known)
 *                     ...
 *     }
 *     if (d.bad)
 *             ... (it was no dossier)
 */
#ifndef STORE_DOSSIER_H
#define STORE_DOSSIER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/day.h"

/* Kinds, kept in this order: name, kept number. */
#define DOSSIER_HMIS_KINDS(X)                                                                                          \
	X(Enrollment, 1)                                                                                               \
	X(Exit, 2)                                                                                                     \
	X(CurrentLivingSituation, 3)                                                                                   \
	X(Assessment, 4)                                                                                               \
	X(AssessmentResults, 5)                                                                                        \
	X(Event, 6)                                                                                                    \
	X(Services, 7)                                                                                                 \
	X(Disabilities, 8)                                                                                             \
	X(HealthAndDV, 9)                                                                                              \
	X(Client, 10)                                                                                                  \
	X(Organization, 11)                                                                                            \
	X(Project, 12)                                                                                                 \
	X(ProjectCoC, 13)                                                                                              \
	X(HMISParticipation, 14)                                                                                       \
	X(CEParticipation, 15)                                                                                         \
	X(Inventory, 16)                                                                                               \
	X(Funder, 17)
/* What lists say that are not of an HMIS. */
#define DOSSIER_KINDS(X)                                                                                               \
	DOSSIER_HMIS_KINDS(X)                                                                                          \
	X(Attestation, 18)

/* Fields, kept in this order within their kind: kind, name, type. The id of the fact itself, its
 * DateUpdated and, of what hangs on an enrollment, whose it is, are no fields. */
#define DOSSIER_FIELDS_Enrollment(X)                                                                                   \
	X(Enrollment, ProjectID, ID)                                                                                   \
	X(Enrollment, EntryDate, DAY)                                                                                  \
	X(Enrollment, HouseholdID, ID)                                                                                 \
	X(Enrollment, RelationshipToHoH, INT)                                                                          \
	X(Enrollment, EnrollmentCoC, TEXT)                                                                             \
	X(Enrollment, LivingSituation, INT)                                                                            \
	X(Enrollment, RentalSubsidyType, INT)                                                                          \
	X(Enrollment, LengthOfStay, INT)                                                                               \
	X(Enrollment, LOSUnderThreshold, INT)                                                                          \
	X(Enrollment, PreviousStreetESSH, INT)                                                                         \
	X(Enrollment, DateToStreetESSH, DAY)                                                                           \
	X(Enrollment, TimesHomelessPastThreeYears, INT)                                                                \
	X(Enrollment, MonthsHomelessPastThreeYears, INT)                                                               \
	X(Enrollment, DisablingCondition, INT)                                                                         \
	X(Enrollment, DateOfEngagement, DAY)                                                                           \
	X(Enrollment, MoveInDate, DAY)
#define DOSSIER_FIELDS_Exit(X)                                                                                         \
	X(Exit, ExitDate, DAY)                                                                                         \
	X(Exit, Destination, INT)                                                                                      \
	X(Exit, DestinationSubsidyType, INT)
#define DOSSIER_FIELDS_CurrentLivingSituation(X)                                                                       \
	X(CurrentLivingSituation, InformationDate, DAY)                                                                \
	X(CurrentLivingSituation, CurrentLivingSituation, INT)                                                         \
	X(CurrentLivingSituation, CLSSubsidyType, INT)
#define DOSSIER_FIELDS_Assessment(X)                                                                                   \
	X(Assessment, AssessmentDate, DAY)                                                                             \
	X(Assessment, AssessmentType, INT)                                                                             \
	X(Assessment, AssessmentLevel, INT)                                                                            \
	X(Assessment, PrioritizationStatus, INT)
#define DOSSIER_FIELDS_AssessmentResults(X)                                                                            \
	X(AssessmentResults, AssessmentID, ID)                                                                         \
	X(AssessmentResults, AssessmentResultType, TEXT)                                                               \
	X(AssessmentResults, AssessmentResult, TEXT)
#define DOSSIER_FIELDS_Event(X)                                                                                        \
	X(Event, EventDate, DAY)                                                                                       \
	X(Event, Event, INT)                                                                                           \
	X(Event, ProbSolDivRRResult, INT)                                                                              \
	X(Event, ReferralCaseManageAfter, INT)                                                                         \
	X(Event, LocationCrisisOrPHHousing, TEXT)                                                                      \
	X(Event, ReferralResult, INT)                                                                                  \
	X(Event, ResultDate, DAY)
#define DOSSIER_FIELDS_Services(X)                                                                                     \
	X(Services, DateProvided, DAY)                                                                                 \
	X(Services, RecordType, INT)                                                                                   \
	X(Services, TypeProvided, INT)
#define DOSSIER_FIELDS_Disabilities(X)                                                                                 \
	X(Disabilities, InformationDate, DAY)                                                                          \
	X(Disabilities, DisabilityResponse, INT)                                                                       \
	X(Disabilities, IndefiniteAndImpairs, INT)                                                                     \
	X(Disabilities, DataCollectionStage, INT)
#define DOSSIER_FIELDS_HealthAndDV(X)                                                                                  \
	X(HealthAndDV, InformationDate, DAY)                                                                           \
	X(HealthAndDV, DomesticViolenceSurvivor, INT)                                                                  \
	X(HealthAndDV, DataCollectionStage, INT)
/* AttestedDate: of the band. NeedBand: enum band. Size: people in the household. Children: 0 none, 1 some. */
#define DOSSIER_FIELDS_Attestation(X)                                                                                  \
	X(Attestation, AttestedDate, DAY)                                                                              \
	X(Attestation, NeedBand, INT)                                                                                  \
	X(Attestation, Size, INT)                                                                                      \
	X(Attestation, Children, INT)
#define DOSSIER_FIELDS_Client(X)                                                                                       \
	X(Client, FirstName, TEXT)                                                                                     \
	X(Client, MiddleName, TEXT)                                                                                    \
	X(Client, LastName, TEXT)                                                                                      \
	X(Client, NameSuffix, TEXT)                                                                                    \
	X(Client, NameDataQuality, INT)                                                                                \
	X(Client, SSN, TEXT)                                                                                           \
	X(Client, SSNDataQuality, INT)                                                                                 \
	X(Client, DOB, DAY)                                                                                            \
	X(Client, DOBDataQuality, INT)                                                                                 \
	X(Client, VeteranStatus, INT)                                                                                  \
	X(Client, AmIndAKNative, INT)                                                                                  \
	X(Client, Asian, INT)                                                                                          \
	X(Client, BlackAfAmerican, INT)                                                                                \
	X(Client, HispanicLatinao, INT)                                                                                \
	X(Client, MidEastNAfrican, INT)                                                                                \
	X(Client, NativeHIPacific, INT)                                                                                \
	X(Client, White, INT)                                                                                          \
	X(Client, Sex, INT)                                                                                            \
	X(Client, Woman, INT)                                                                                          \
	X(Client, Man, INT)
#define DOSSIER_FIELDS_Organization(X)                                                                                 \
	X(Organization, OrganizationName, TEXT)                                                                        \
	X(Organization, VictimServiceProvider, INT)                                                                    \
	X(Organization, OrganizationCommonName, TEXT)
#define DOSSIER_FIELDS_Project(X)                                                                                      \
	X(Project, OrganizationID, ID)                                                                                 \
	X(Project, ProjectName, TEXT)                                                                                  \
	X(Project, ProjectCommonName, TEXT)                                                                            \
	X(Project, OperatingStartDate, DAY)                                                                            \
	X(Project, OperatingEndDate, DAY)                                                                              \
	X(Project, ContinuumProject, INT)                                                                              \
	X(Project, ProjectType, INT)                                                                                   \
	X(Project, HousingType, INT)                                                                                   \
	X(Project, RRHSubType, INT)                                                                                    \
	X(Project, TargetPopulation, INT)
#define DOSSIER_FIELDS_ProjectCoC(X)                                                                                   \
	X(ProjectCoC, ProjectID, ID)                                                                                   \
	X(ProjectCoC, CoCCode, TEXT)                                                                                   \
	X(ProjectCoC, Geocode, TEXT)                                                                                   \
	X(ProjectCoC, City, TEXT)                                                                                      \
	X(ProjectCoC, State, TEXT)                                                                                     \
	X(ProjectCoC, ZIP, TEXT)                                                                                       \
	X(ProjectCoC, GeographyType, INT)
#define DOSSIER_FIELDS_HMISParticipation(X)                                                                            \
	X(HMISParticipation, ProjectID, ID)                                                                            \
	X(HMISParticipation, HMISParticipationType, INT)                                                               \
	X(HMISParticipation, HMISParticipationStatusStartDate, DAY)                                                    \
	X(HMISParticipation, HMISParticipationStatusEndDate, DAY)
#define DOSSIER_FIELDS_CEParticipation(X)                                                                              \
	X(CEParticipation, ProjectID, ID)                                                                              \
	X(CEParticipation, AccessPoint, INT)                                                                           \
	X(CEParticipation, PreventionAssessment, INT)                                                                  \
	X(CEParticipation, CrisisAssessment, INT)                                                                      \
	X(CEParticipation, HousingAssessment, INT)                                                                     \
	X(CEParticipation, DirectServices, INT)                                                                        \
	X(CEParticipation, ReceivesReferrals, INT)                                                                     \
	X(CEParticipation, CEParticipationStatusStartDate, DAY)                                                        \
	X(CEParticipation, CEParticipationStatusEndDate, DAY)
#define DOSSIER_FIELDS_Inventory(X)                                                                                    \
	X(Inventory, ProjectID, ID)                                                                                    \
	X(Inventory, CoCCode, TEXT)                                                                                    \
	X(Inventory, HouseholdType, INT)                                                                               \
	X(Inventory, Availability, INT)                                                                                \
	X(Inventory, UnitInventory, INT)                                                                               \
	X(Inventory, BedInventory, INT)                                                                                \
	X(Inventory, ESBedType, INT)                                                                                   \
	X(Inventory, InventoryStartDate, DAY)                                                                          \
	X(Inventory, InventoryEndDate, DAY)
#define DOSSIER_FIELDS_Funder(X)                                                                                       \
	X(Funder, ProjectID, ID)                                                                                       \
	X(Funder, Funder, INT)                                                                                         \
	X(Funder, StartDate, DAY)                                                                                      \
	X(Funder, EndDate, DAY)

enum dossier_kind {
#define X(kind, number) DOSSIER_##kind = (number),
	DOSSIER_KINDS(X)
#undef X
		DOSSIER_KIND_END,
};

/* DOSSIER_Enrollment_EntryDate and all others: positions in a fact's values. */
#define X_FIELD(kind, name, type) DOSSIER_##kind##_##name,
#define X_KIND(kind, number) enum dossier_field_##kind{DOSSIER_FIELDS_##kind(X_FIELD) DOSSIER_##kind##_FIELDS};
DOSSIER_KINDS(X_KIND)
#undef X_KIND
#undef X_FIELD

/* An ID is text that is often a number or hexadecimal, and packed as such. */
enum dossier_type { DOSSIER_INT, DOSSIER_DAY, DOSSIER_ID, DOSSIER_TEXT };

struct dossier_field {
	struct str name;
	enum dossier_type type;
};

struct dossier_kind_row {
	struct str name;
	const struct dossier_field *fields;
	size_t fields_n;
};

/* By kind; row 0 is empty. */
extern const struct dossier_kind_row dossier_kinds[DOSSIER_KIND_END];

enum { DOSSIER_FIELDS_MAX = 20, DOSSIER_ID_MAX = 32, DOSSIER_TEXT_MAX = 4096 };
enum { DOSSIER_KEY_MAX = 3 + DOSSIER_ID_MAX }; /* bytes of a packed kind and id at most */
enum { DOSSIER_PACKED_MAX = 24 << 10 };        /* bytes of one packed fact at most */

struct dossier_value {
	bool known;
	int64_t n;       /* DOSSIER_INT, DOSSIER_DAY: days since 1970-01-01 */
	struct str text; /* DOSSIER_ID, DOSSIER_TEXT */
};

struct dossier_fact {
	enum dossier_kind kind;
	struct str id;                                   /* at most DOSSIER_ID_MAX bytes */
	struct instant updated;                          /* INSTANT_NONE: not known */
	struct dossier_value values[DOSSIER_FIELDS_MAX]; /* as many as the kind has fields */
	char ids[5 * DOSSIER_ID_MAX]; /* where unpacked ids lie: do not copy a fact that was unpacked */
};

static inline struct day dossier_day(const struct dossier_fact *f, int field)
{
	return f->values[field].known ? (struct day){(int32_t)f->values[field].n} : DAY_NONE;
}

static inline int64_t dossier_int(const struct dossier_fact *f, int field, int64_t otherwise)
{
	return f->values[field].known ? f->values[field].n : otherwise;
}

/* Packs a fact into `out`, which has room for DOSSIER_PACKED_MAX bytes; returns how many it took.
 * Texts longer than DOSSIER_TEXT_MAX and ids longer than DOSSIER_ID_MAX are cut: readers of exports
 * let none through. */
size_t dossier_pack(const struct dossier_fact *f, char *out);

/* The reverse; false where the bytes are no packed fact. Texts point into `packed`, ids into *out. */
bool dossier_unpack(struct str packed, struct dossier_fact *out);

/* The bytes at the start of a packed fact that hold its kind and id: facts are the same one where
 * these are equal. Empty where the bytes are no packed fact. */
struct str dossier_key(struct str packed);

/* The same bytes for a kind and id, without a fact; `out` has room for DOSSIER_KEY_MAX bytes. */
size_t dossier_key_put(enum dossier_kind kind, struct str id, char *out);

/* When a packed fact was updated; INSTANT_NONE where that is not known. */
struct instant dossier_updated(struct str packed);

/* A packed fact in a dossier. */
struct dossier_item {
	struct str packed;
	struct instant exported; /* ExportDate of the export that it came with */
	bool gone;               /* absent from a newer full refresh: a person decides */
};

/* Begins a dossier at the end of `b`; `exported` is what most of its facts have in common. */
void dossier_begin(struct buf *b, struct instant exported);
void dossier_add(struct buf *b, struct instant exported, const struct dossier_item *item);

struct dossier_reader {
	struct str rest;
	struct instant exported;
	bool bad;
};
struct dossier_reader dossier_open(struct str bytes);

/* The next fact; false at the end, and where the bytes are no dossier, which sets `bad`. */
bool dossier_next(struct dossier_reader *d, struct dossier_item *out);

/* Whole numbers in as few bytes as they need, as packed facts hold them; also for others who pack.
 * varint_put writes at most VARINT_MAX bytes and returns how many; varint_get takes them from the
 * start of *s and is false where there is none. */
enum { VARINT_MAX = 10 };
size_t varint_put(char *out, uint64_t v);
bool varint_get(struct str *s, uint64_t *v);

#endif
