/* Every column of the HMIS CSV files that are read, in the order in which FY2026 has them; columns of
 * FY2024 alone stand where they stood. One list feeds the reader, the writer, the documentation and
 * the enums of hmis/spec.h.
 *
 * Sources: HUD's HMIS CSV Format Specifications FY2024 and FY2026. What is loaded of people follows
 * what the list needs and no more: no staff names, no free text but the place and the result of a
 * referral or assessment, no kind of disability, no detail of health or violence. Race, ethnicity and sex are loaded
 * for the report of what an order does to whom, sealed, and read nowhere else.
 *
 * X(file, column, type, longest text, value list, need, loaded, about, years)
 */
#ifndef HMIS_COLUMNS_H
#define HMIS_COLUMNS_H

/* file, title */
/* clang-format off: one file, column or value per line */
#define HMIS_FILES(X)                                                                                                  \
	X(Export, "the export itself")                                                                                 \
	X(Organization, "organizations")                                                                               \
	X(Project, "projects")                                                                                         \
	X(ProjectCoC, "projects' places")                                                                              \
	X(HMISParticipation, "HMIS participation")                                                                     \
	X(CEParticipation, "coordinated-entry participation")                                                          \
	X(Inventory, "inventory")                                                                                      \
	X(Funder, "funders")                                                                                           \
	X(Client, "people")                                                                                            \
	X(Enrollment, "enrollments")                                                                                   \
	X(Exit, "exits")                                                                                               \
	X(CurrentLivingSituation, "living situations")                                                                 \
	X(Assessment, "assessments")                                                                                   \
	X(AssessmentResults, "assessment results")                                                                     \
	X(Event, "coordinated-entry events")                                                                           \
	X(Services, "services")                                                                                        \
	X(Disabilities, "disabilities")                                                                                \
	X(HealthAndDV, "health and safety")

#define HMIS_COLUMNS_Export(X)                                                                                         \
	X(Export, ExportID, ID, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                                    \
	X(Export, SourceType, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                               \
	X(Export, SourceID, TEXT, 350, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                              \
	X(Export, SourceName, TEXT, 50, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                             \
	X(Export, SourceContactFirst, TEXT, 50, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                    \
	X(Export, SourceContactLast, TEXT, 50, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                     \
	X(Export, SourceContactPhone, TEXT, 10, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                    \
	X(Export, SourceContactExtension, TEXT, 5, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                 \
	X(Export, SourceContactEmail, TEXT, 320, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                   \
	X(Export, ExportDate, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Export, ExportStartDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                          \
	X(Export, ExportEndDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                            \
	X(Export, SoftwareName, TEXT, 50, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Export, SoftwareVersion, TEXT, 50, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Export, CSVVersion, TEXT, 50, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                             \
	X(Export, ExportPeriodType, INT, 0, 1_1, OPTIONAL, LOAD, PLAIN, BOTH)                                          \
	X(Export, ExportDirective, INT, 0, 1_2, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Export, HashStatus, INT, 0, 1_5, OPTIONAL, LOAD, PLAIN, BOTH)                                                \
	X(Export, ImplementationID, TEXT, 200, NONE, OPTIONAL, LOAD, PLAIN, BOTH)

#define HMIS_COLUMNS_Organization(X)                                                                                   \
	X(Organization, OrganizationID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                           \
	X(Organization, OrganizationName, TEXT, 200, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                \
	X(Organization, VictimServiceProvider, INT, 0, 1_10, OPTIONAL, LOAD, PLAIN, BOTH)                              \
	X(Organization, OrganizationCommonName, TEXT, 200, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                          \
	X(Organization, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Organization, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                      \
	X(Organization, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                             \
	X(Organization, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Organization, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Project(X)                                                                                        \
	X(Project, ProjectID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                     \
	X(Project, OrganizationID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                \
	X(Project, ProjectName, TEXT, 200, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                          \
	X(Project, ProjectCommonName, TEXT, 200, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Project, OperatingStartDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                      \
	X(Project, OperatingEndDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                        \
	X(Project, ContinuumProject, INT, 0, 1_10, OPTIONAL, LOAD, PLAIN, BOTH)                                        \
	X(Project, ProjectType, INT, 0, 2_02_6, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Project, HousingType, INT, 0, 2_02_D, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Project, RRHSubType, INT, 0, 2_02_A, OPTIONAL, LOAD, PLAIN, BOTH)                                            \
	X(Project, ResidentialAffiliation, INT, 0, 1_10, OPTIONAL, SKIP, PLAIN, BOTH)                                  \
	X(Project, TargetPopulation, INT, 0, 2_02_7, OPTIONAL, LOAD, PLAIN, BOTH)                                      \
	X(Project, HOPWAMedAssistedLivingFac, INT, 0, 2_02_8, OPTIONAL, SKIP, PLAIN, BOTH)                             \
	X(Project, PITCount, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                                \
	X(Project, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Project, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                           \
	X(Project, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                                  \
	X(Project, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                         \
	X(Project, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_ProjectCoC(X)                                                                                     \
	X(ProjectCoC, ProjectCoCID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                               \
	X(ProjectCoC, ProjectID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                  \
	X(ProjectCoC, CoCCode, TEXT, 6, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                             \
	X(ProjectCoC, Geocode, TEXT, 6, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                             \
	X(ProjectCoC, Address1, TEXT, 100, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(ProjectCoC, Address2, TEXT, 100, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(ProjectCoC, City, TEXT, 50, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                               \
	X(ProjectCoC, State, TEXT, 2, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                               \
	X(ProjectCoC, ZIP, TEXT, 5, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                                 \
	X(ProjectCoC, GeographyType, INT, 0, 2_03_4, OPTIONAL, LOAD, PLAIN, BOTH)                                      \
	X(ProjectCoC, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(ProjectCoC, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                        \
	X(ProjectCoC, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                               \
	X(ProjectCoC, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                      \
	X(ProjectCoC, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_HMISParticipation(X)                                                                              \
	X(HMISParticipation, HMISParticipationID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                 \
	X(HMISParticipation, ProjectID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                           \
	X(HMISParticipation, HMISParticipationType, INT, 0, 2_08_1, OPTIONAL, LOAD, PLAIN, BOTH)                       \
	X(HMISParticipation, HMISParticipationStatusStartDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)              \
	X(HMISParticipation, HMISParticipationStatusEndDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                \
	X(HMISParticipation, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                               \
	X(HMISParticipation, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                 \
	X(HMISParticipation, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                        \
	X(HMISParticipation, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                               \
	X(HMISParticipation, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_CEParticipation(X)                                                                                \
	X(CEParticipation, CEParticipationID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                     \
	X(CEParticipation, ProjectID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                             \
	X(CEParticipation, AccessPoint, INT, 0, 1_10, OPTIONAL, LOAD, PLAIN, BOTH)                                     \
	X(CEParticipation, PreventionAssessment, INT, 0, 1_10, OPTIONAL, LOAD, PLAIN, BOTH)                            \
	X(CEParticipation, CrisisAssessment, INT, 0, 1_10, OPTIONAL, LOAD, PLAIN, BOTH)                                \
	X(CEParticipation, HousingAssessment, INT, 0, 1_10, OPTIONAL, LOAD, PLAIN, BOTH)                               \
	X(CEParticipation, DirectServices, INT, 0, 1_10, OPTIONAL, LOAD, PLAIN, BOTH)                                  \
	X(CEParticipation, ReceivesReferrals, INT, 0, 1_10, OPTIONAL, LOAD, PLAIN, BOTH)                               \
	X(CEParticipation, CEParticipationStatusStartDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                  \
	X(CEParticipation, CEParticipationStatusEndDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                    \
	X(CEParticipation, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                 \
	X(CEParticipation, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                   \
	X(CEParticipation, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                          \
	X(CEParticipation, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                 \
	X(CEParticipation, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Inventory(X)                                                                                      \
	X(Inventory, InventoryID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                 \
	X(Inventory, ProjectID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                   \
	X(Inventory, CoCCode, TEXT, 6, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                              \
	X(Inventory, HouseholdType, INT, 0, 2_07_4, OPTIONAL, LOAD, PLAIN, BOTH)                                       \
	X(Inventory, Availability, INT, 0, 2_07_6, OPTIONAL, LOAD, PLAIN, BOTH)                                        \
	X(Inventory, UnitInventory, INT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                         \
	X(Inventory, BedInventory, INT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                          \
	X(Inventory, CHVetBedInventory, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Inventory, YouthVetBedInventory, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                  \
	X(Inventory, VetBedInventory, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Inventory, CHYouthBedInventory, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                   \
	X(Inventory, YouthBedInventory, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Inventory, CHBedInventory, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Inventory, OtherBedInventory, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Inventory, ESBedType, INT, 0, 2_07_5, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Inventory, InventoryStartDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Inventory, InventoryEndDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                      \
	X(Inventory, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Inventory, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                         \
	X(Inventory, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                                \
	X(Inventory, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                       \
	X(Inventory, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Funder(X)                                                                                         \
	X(Funder, FunderID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                       \
	X(Funder, ProjectID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                      \
	X(Funder, Funder, INT, 0, 2_06_1, OPTIONAL, LOAD, PLAIN, BOTH)                                                 \
	X(Funder, OtherFunder, TEXT, 100, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                           \
	X(Funder, GrantID, TEXT, 100, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                               \
	X(Funder, StartDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                                \
	X(Funder, EndDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                                  \
	X(Funder, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(Funder, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                            \
	X(Funder, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                                   \
	X(Funder, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                          \
	X(Funder, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Client(X)                                                                                         \
	X(Client, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                     \
	X(Client, FirstName, TEXT, 50, NONE, OPTIONAL, LOAD, PERSON, BOTH)                                             \
	X(Client, MiddleName, TEXT, 50, NONE, OPTIONAL, LOAD, PERSON, BOTH)                                            \
	X(Client, LastName, TEXT, 50, NONE, OPTIONAL, LOAD, PERSON, BOTH)                                              \
	X(Client, NameSuffix, TEXT, 50, NONE, OPTIONAL, LOAD, PERSON, BOTH)                                            \
	X(Client, NameDataQuality, INT, 0, 3_01_5, OPTIONAL, LOAD, PLAIN, BOTH)                                        \
	X(Client, SSN, TEXT, 9, NONE, OPTIONAL, LOAD, PERSON, BOTH)                                                    \
	X(Client, SSNDataQuality, INT, 0, 3_02_2, OPTIONAL, LOAD, PLAIN, BOTH)                                         \
	X(Client, DOB, DAY, 0, NONE, OPTIONAL, LOAD, PERSON, BOTH)                                                     \
	X(Client, DOBDataQuality, INT, 0, 3_03_2, OPTIONAL, LOAD, PLAIN, BOTH)                                         \
	X(Client, Sex, INT, 0, 4_21, OPTIONAL, LOAD, TRAIT, FY2026)                                                    \
	X(Client, AmIndAKNative, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, BOTH)                                            \
	X(Client, Asian, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, BOTH)                                                    \
	X(Client, BlackAfAmerican, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, BOTH)                                          \
	X(Client, HispanicLatinao, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, BOTH)                                          \
	X(Client, MidEastNAfrican, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, BOTH)                                          \
	X(Client, NativeHIPacific, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, BOTH)                                          \
	X(Client, White, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, BOTH)                                                    \
	X(Client, RaceNone, INT, 0, 1_6, OPTIONAL, SKIP, TRAIT, BOTH)                                                  \
	X(Client, AdditionalRaceEthnicity, TEXT, 100, NONE, OPTIONAL, SKIP, PERSON, BOTH)                              \
	X(Client, Woman, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, FY2024)                                                  \
	X(Client, Man, INT, 0, 1_10, OPTIONAL, LOAD, TRAIT, FY2024)                                                    \
	X(Client, NonBinary, INT, 0, 1_10, OPTIONAL, SKIP, TRAIT, FY2024)                                              \
	X(Client, CulturallySpecific, INT, 0, 1_10, OPTIONAL, SKIP, TRAIT, FY2024)                                     \
	X(Client, Transgender, INT, 0, 1_10, OPTIONAL, SKIP, TRAIT, FY2024)                                            \
	X(Client, Questioning, INT, 0, 1_10, OPTIONAL, SKIP, TRAIT, FY2024)                                            \
	X(Client, DifferentIdentity, INT, 0, 1_10, OPTIONAL, SKIP, TRAIT, FY2024)                                      \
	X(Client, GenderNone, INT, 0, 1_6, OPTIONAL, SKIP, TRAIT, FY2024)                                              \
	X(Client, DifferentIdentityText, TEXT, 100, NONE, OPTIONAL, SKIP, PERSON, FY2024)                              \
	X(Client, VeteranStatus, INT, 0, 1_8, OPTIONAL, LOAD, PLAIN, BOTH)                                             \
	X(Client, YearEnteredService, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Client, YearSeparated, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                            \
	X(Client, WorldWarII, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                                \
	X(Client, KoreanWar, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                                 \
	X(Client, VietnamWar, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                                \
	X(Client, DesertStorm, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                               \
	X(Client, AfghanistanOEF, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                            \
	X(Client, IraqOIF, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                                   \
	X(Client, IraqOND, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                                   \
	X(Client, OtherTheater, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                              \
	X(Client, MilitaryBranch, INT, 0, V1_11, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(Client, DischargeStatus, INT, 0, V1_12, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Client, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(Client, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                            \
	X(Client, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                                   \
	X(Client, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                          \
	X(Client, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Enrollment(X)                                                                                     \
	X(Enrollment, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                               \
	X(Enrollment, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                 \
	X(Enrollment, ProjectID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                  \
	X(Enrollment, EntryDate, DAY, 0, NONE, DATED, LOAD, PLAIN, BOTH)                                               \
	X(Enrollment, HouseholdID, ID, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                             \
	X(Enrollment, RelationshipToHoH, INT, 0, 3_15_1, OPTIONAL, LOAD, PLAIN, BOTH)                                  \
	X(Enrollment, EnrollmentCoC, TEXT, 6, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                       \
	X(Enrollment, LivingSituation, INT, 0, 3_12_1, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Enrollment, RentalSubsidyType, INT, 0, 3_12_A, OPTIONAL, LOAD, PLAIN, BOTH)                                  \
	X(Enrollment, LengthOfStay, INT, 0, 3_917_2, OPTIONAL, LOAD, PLAIN, BOTH)                                      \
	X(Enrollment, LOSUnderThreshold, INT, 0, 1_7, OPTIONAL, LOAD, PLAIN, BOTH)                                     \
	X(Enrollment, PreviousStreetESSH, INT, 0, 1_7, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Enrollment, DateToStreetESSH, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                     \
	X(Enrollment, TimesHomelessPastThreeYears, INT, 0, 3_917_4, OPTIONAL, LOAD, PLAIN, BOTH)                       \
	X(Enrollment, MonthsHomelessPastThreeYears, INT, 0, 3_917_5, OPTIONAL, LOAD, PLAIN, BOTH)                      \
	X(Enrollment, DisablingCondition, INT, 0, 1_8, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Enrollment, DateOfEngagement, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                     \
	X(Enrollment, MoveInDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Enrollment, DateOfPATHStatus, DAY, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Enrollment, ClientEnrolledInPATH, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                  \
	X(Enrollment, ReasonNotEnrolled, INT, 0, P3_A, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Enrollment, PercentAMI, INT, 0, V4_1, OPTIONAL, SKIP, PLAIN, BOTH)                                           \
	X(Enrollment, ReferralSource, INT, 0, R1_1, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Enrollment, CountOutreachReferralApproaches, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                      \
	X(Enrollment, DateOfBCPStatus, DAY, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(Enrollment, EligibleForRHY, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Enrollment, ReasonNoServices, INT, 0, R2_A, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Enrollment, RunawayYouth, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(Enrollment, SexualOrientation, INT, 0, R3_1, OPTIONAL, SKIP, TRAIT, FY2024)                                  \
	X(Enrollment, SexualOrientationOther, TEXT, 100, NONE, OPTIONAL, SKIP, PERSON, FY2024)                         \
	X(Enrollment, FormerWardChildWelfare, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                \
	X(Enrollment, ChildWelfareYears, INT, 0, R11_A, OPTIONAL, SKIP, PLAIN, BOTH)                                   \
	X(Enrollment, ChildWelfareMonths, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                   \
	X(Enrollment, FormerWardJuvenileJustice, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                             \
	X(Enrollment, JuvenileJusticeYears, INT, 0, R11_A, OPTIONAL, SKIP, PLAIN, BOTH)                                \
	X(Enrollment, JuvenileJusticeMonths, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                \
	X(Enrollment, UnemploymentFam, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Enrollment, MentalHealthDisorderFam, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                               \
	X(Enrollment, PhysicalDisabilityFam, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                 \
	X(Enrollment, AlcoholDrugUseDisorderFam, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                             \
	X(Enrollment, InsufficientIncome, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Enrollment, IncarceratedParent, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Enrollment, VAMCStation, TEXT, 5, V6_1, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Enrollment, TargetScreenReqd, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(Enrollment, TimeToHousingLoss, INT, 0, V7_A, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Enrollment, AnnualPercentAMI, INT, 0, V7_B, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Enrollment, LiteralHomelessHistory, INT, 0, V7_C, OPTIONAL, SKIP, PLAIN, BOTH)                               \
	X(Enrollment, ClientLeaseholder, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Enrollment, HOHLeaseholder, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Enrollment, SubsidyAtRisk, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Enrollment, EvictionHistory, INT, 0, V7_G, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(Enrollment, CriminalRecord, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Enrollment, IncarceratedAdult, INT, 0, V7_I, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Enrollment, PrisonDischarge, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Enrollment, SexOffender, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                           \
	X(Enrollment, DisabledHoH, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                           \
	X(Enrollment, CurrentPregnant, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Enrollment, SingleParent, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(Enrollment, DependentUnder6, INT, 0, V7_O, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(Enrollment, HH5Plus, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                               \
	X(Enrollment, CoCPrioritized, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Enrollment, HPScreeningScore, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Enrollment, ThresholdScore, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Enrollment, MentalHealthConsultation, INT, 0, V10, OPTIONAL, SKIP, PLAIN, FY2026)                            \
	X(Enrollment, TranslationNeeded, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Enrollment, PreferredLanguage, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Enrollment, PreferredLanguageDifferent, TEXT, 100, NONE, OPTIONAL, SKIP, PERSON, BOTH)                       \
	X(Enrollment, DateCreated, INSTANT, 0, NONE, OPTIONAL, COUNT, PLAIN, BOTH)                                     \
	X(Enrollment, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                        \
	X(Enrollment, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                               \
	X(Enrollment, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                      \
	X(Enrollment, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Exit(X)                                                                                           \
	X(Exit, ExitID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                           \
	X(Exit, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                     \
	X(Exit, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                       \
	X(Exit, ExitDate, DAY, 0, NONE, DATED, LOAD, PLAIN, BOTH)                                                      \
	X(Exit, Destination, INT, 0, 3_12_1, OPTIONAL, LOAD, PLAIN, BOTH)                                              \
	X(Exit, DestinationSubsidyType, INT, 0, 3_12_A, OPTIONAL, LOAD, PLAIN, BOTH)                                   \
	X(Exit, OtherDestination, TEXT, 50, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                        \
	X(Exit, HousingAssessment, INT, 0, W5_1, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(Exit, SubsidyInformation, INT, 0, W5_A_B, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Exit, ProjectCompletionStatus, INT, 0, R17_1, OPTIONAL, SKIP, PLAIN, BOTH)                                   \
	X(Exit, EarlyExitReason, INT, 0, R17_A, OPTIONAL, SKIP, PLAIN, BOTH)                                           \
	X(Exit, ExchangeForSex, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                              \
	X(Exit, ExchangeForSexPastThreeMonths, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                               \
	X(Exit, CountOfExchangeForSex, INT, 0, R15_B, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Exit, AskedOrForcedToExchangeForSex, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                               \
	X(Exit, AskedOrForcedToExchangeForSexPastThreeMonths, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                \
	X(Exit, WorkplaceViolenceThreats, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Exit, WorkplacePromiseDifference, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                  \
	X(Exit, CoercedToContinueWork, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Exit, LaborExploitPastThreeMonths, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                 \
	X(Exit, CounselingReceived, INT, 0, 1_10, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Exit, IndividualCounseling, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Exit, FamilyCounseling, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                            \
	X(Exit, GroupCounseling, INT, 0, 1_7, OPTIONAL, SKIP, PLAIN, BOTH)                                             \
	X(Exit, SessionCountAtExit, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Exit, PostExitCounselingPlan, INT, 0, 1_10, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Exit, SessionsInPlan, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                             \
	X(Exit, DestinationSafeClient, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Exit, DestinationSafeWorker, INT, 0, R19_A, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(Exit, PosAdultConnections, INT, 0, R19_A, OPTIONAL, SKIP, PLAIN, BOTH)                                       \
	X(Exit, PosPeerConnections, INT, 0, R19_A, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Exit, PosCommunityConnections, INT, 0, R19_A, OPTIONAL, SKIP, PLAIN, BOTH)                                   \
	X(Exit, AftercareDate, DAY, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                              \
	X(Exit, AftercareProvided, INT, 0, R20_2, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Exit, EmailSocialMedia, INT, 0, 1_10, OPTIONAL, SKIP, PLAIN, BOTH)                                           \
	X(Exit, Telephone, INT, 0, 1_10, OPTIONAL, SKIP, PLAIN, BOTH)                                                  \
	X(Exit, InPersonIndividual, INT, 0, 1_10, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Exit, InPersonGroup, INT, 0, 1_10, OPTIONAL, SKIP, PLAIN, BOTH)                                              \
	X(Exit, CMExitReason, INT, 0, V9_1, OPTIONAL, SKIP, PLAIN, BOTH)                                               \
	X(Exit, DateCreated, INSTANT, 0, NONE, OPTIONAL, COUNT, PLAIN, BOTH)                                           \
	X(Exit, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                              \
	X(Exit, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                                     \
	X(Exit, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                            \
	X(Exit, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_CurrentLivingSituation(X)                                                                         \
	X(CurrentLivingSituation, CurrentLivingSitID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                             \
	X(CurrentLivingSituation, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                   \
	X(CurrentLivingSituation, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                     \
	X(CurrentLivingSituation, InformationDate, DAY, 0, NONE, DATED, LOAD, PLAIN, BOTH)                             \
	X(CurrentLivingSituation, CurrentLivingSituation, INT, 0, 3_12_1, OPTIONAL, LOAD, PLAIN, BOTH)                 \
	X(CurrentLivingSituation, CLSSubsidyType, INT, 0, 3_12_A, OPTIONAL, LOAD, PLAIN, BOTH)                         \
	X(CurrentLivingSituation, VerifiedBy, TEXT, 200, NONE, OPTIONAL, SKIP, PERSON, BOTH)                           \
	X(CurrentLivingSituation, LeaveSituation14Days, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                      \
	X(CurrentLivingSituation, SubsequentResidence, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                       \
	X(CurrentLivingSituation, ResourcesToObtain, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                         \
	X(CurrentLivingSituation, LeaseOwn60Day, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                             \
	X(CurrentLivingSituation, MovedTwoOrMore, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                            \
	X(CurrentLivingSituation, LocationDetails, TEXT, 250, NONE, OPTIONAL, SKIP, PERSON, BOTH)                      \
	X(CurrentLivingSituation, DateCreated, INSTANT, 0, NONE, OPTIONAL, COUNT, PLAIN, BOTH)                         \
	X(CurrentLivingSituation, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                            \
	X(CurrentLivingSituation, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                   \
	X(CurrentLivingSituation, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                          \
	X(CurrentLivingSituation, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Assessment(X)                                                                                     \
	X(Assessment, AssessmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                               \
	X(Assessment, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                               \
	X(Assessment, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                 \
	X(Assessment, AssessmentDate, DAY, 0, NONE, DATED, LOAD, PLAIN, BOTH)                                          \
	X(Assessment, AssessmentLocation, TEXT, 250, NONE, OPTIONAL, SKIP, PERSON, BOTH)                               \
	X(Assessment, AssessmentType, INT, 0, 4_19_3, OPTIONAL, LOAD, PLAIN, BOTH)                                     \
	X(Assessment, AssessmentLevel, INT, 0, 4_19_4, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Assessment, PrioritizationStatus, INT, 0, 4_19_7, OPTIONAL, LOAD, PLAIN, BOTH)                               \
	X(Assessment, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(Assessment, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                        \
	X(Assessment, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                               \
	X(Assessment, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                      \
	X(Assessment, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_AssessmentResults(X)                                                                              \
	X(AssessmentResults, AssessmentResultID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                  \
	X(AssessmentResults, AssessmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                        \
	X(AssessmentResults, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                        \
	X(AssessmentResults, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                          \
	X(AssessmentResults, AssessmentResultType, TEXT, 250, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                       \
	X(AssessmentResults, AssessmentResult, TEXT, 250, NONE, OPTIONAL, LOAD, PERSON, BOTH)                          \
	X(AssessmentResults, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                               \
	X(AssessmentResults, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                 \
	X(AssessmentResults, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                        \
	X(AssessmentResults, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                               \
	X(AssessmentResults, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Event(X)                                                                                          \
	X(Event, EventID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                         \
	X(Event, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                    \
	X(Event, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                      \
	X(Event, EventDate, DAY, 0, NONE, DATED, LOAD, PLAIN, BOTH)                                                    \
	X(Event, Event, INT, 0, 4_20_2, OPTIONAL, LOAD, PLAIN, BOTH)                                                   \
	X(Event, ProbSolDivRRResult, INT, 0, 1_7, OPTIONAL, LOAD, PLAIN, BOTH)                                         \
	X(Event, ReferralCaseManageAfter, INT, 0, 1_7, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Event, LocationCrisisOrPHHousing, TEXT, 250, NONE, OPTIONAL, LOAD, PERSON, BOTH)                             \
	X(Event, ReferralResult, INT, 0, 4_20_D, OPTIONAL, LOAD, PLAIN, BOTH)                                          \
	X(Event, ResultDate, DAY, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                                \
	X(Event, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                           \
	X(Event, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                             \
	X(Event, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                                    \
	X(Event, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Event, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Services(X)                                                                                       \
	X(Services, ServicesID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                   \
	X(Services, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                 \
	X(Services, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                   \
	X(Services, DateProvided, DAY, 0, NONE, DATED, LOAD, PLAIN, BOTH)                                              \
	X(Services, RecordType, INT, 0, 1_4, OPTIONAL, LOAD, PLAIN, BOTH)                                              \
	X(Services, TypeProvided, INT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                           \
	X(Services, OtherTypeProvided, TEXT, 50, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                   \
	X(Services, MovingOnOtherType, TEXT, 50, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                   \
	X(Services, SubTypeProvided, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Services, FAAmount, MONEY, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                             \
	X(Services, FAStartDate, DAY, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                            \
	X(Services, FAEndDate, DAY, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                              \
	X(Services, ReferralOutcome, INT, 0, P2_A, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Services, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Services, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                          \
	X(Services, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                                 \
	X(Services, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                        \
	X(Services, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_Disabilities(X)                                                                                   \
	X(Disabilities, DisabilitiesID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                           \
	X(Disabilities, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                             \
	X(Disabilities, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                               \
	X(Disabilities, InformationDate, DAY, 0, NONE, DATED, LOAD, PLAIN, BOTH)                                       \
	X(Disabilities, DisabilityType, INT, 0, 1_3, OPTIONAL, CHECK, PLAIN, BOTH)                                     \
	X(Disabilities, DisabilityResponse, INT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                 \
	X(Disabilities, IndefiniteAndImpairs, INT, 0, 1_8, OPTIONAL, LOAD, PLAIN, BOTH)                                \
	X(Disabilities, TCellCountAvailable, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                 \
	X(Disabilities, TCellCount, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                         \
	X(Disabilities, TCellSource, INT, 0, W4_B, OPTIONAL, SKIP, PLAIN, BOTH)                                        \
	X(Disabilities, ViralLoadAvailable, INT, 0, W4_3, OPTIONAL, SKIP, PLAIN, BOTH)                                 \
	X(Disabilities, ViralLoad, INT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                          \
	X(Disabilities, ViralLoadSource, INT, 0, W4_B, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Disabilities, AntiRetroviral, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(Disabilities, DataCollectionStage, INT, 0, 5_03_1, OPTIONAL, LOAD, PLAIN, BOTH)                              \
	X(Disabilities, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                    \
	X(Disabilities, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                      \
	X(Disabilities, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                             \
	X(Disabilities, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                    \
	X(Disabilities, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

#define HMIS_COLUMNS_HealthAndDV(X)                                                                                    \
	X(HealthAndDV, HealthAndDVID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                             \
	X(HealthAndDV, EnrollmentID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                              \
	X(HealthAndDV, PersonalID, ID, 0, NONE, KEY, LOAD, PLAIN, BOTH)                                                \
	X(HealthAndDV, InformationDate, DAY, 0, NONE, DATED, LOAD, PLAIN, BOTH)                                        \
	X(HealthAndDV, DomesticViolenceSurvivor, INT, 0, 1_8, OPTIONAL, LOAD, PLAIN, BOTH)                             \
	X(HealthAndDV, WhenOccurred, INT, 0, 4_11_A, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(HealthAndDV, CurrentlyFleeing, INT, 0, 1_8, OPTIONAL, CHECK, PLAIN, BOTH)                                    \
	X(HealthAndDV, GeneralHealthStatus, INT, 0, R7_1, OPTIONAL, SKIP, PLAIN, BOTH)                                 \
	X(HealthAndDV, DentalHealthStatus, INT, 0, R7_1, OPTIONAL, SKIP, PLAIN, BOTH)                                  \
	X(HealthAndDV, MentalHealthStatus, INT, 0, R7_1, OPTIONAL, SKIP, PLAIN, BOTH)                                  \
	X(HealthAndDV, PregnancyStatus, INT, 0, 1_8, OPTIONAL, SKIP, PLAIN, BOTH)                                      \
	X(HealthAndDV, DueDate, DAY, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                             \
	X(HealthAndDV, DataCollectionStage, INT, 0, 5_03_1, OPTIONAL, LOAD, PLAIN, BOTH)                               \
	X(HealthAndDV, DateCreated, INSTANT, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)                                     \
	X(HealthAndDV, DateUpdated, INSTANT, 0, NONE, WANTED, LOAD, PLAIN, BOTH)                                       \
	X(HealthAndDV, UserID, ID, 0, NONE, OPTIONAL, SKIP, PERSON, BOTH)                                              \
	X(HealthAndDV, DateDeleted, INSTANT, 0, NONE, OPTIONAL, LOAD, PLAIN, BOTH)                                     \
	X(HealthAndDV, ExportID, ID, 0, NONE, OPTIONAL, SKIP, PLAIN, BOTH)

/* Other spellings that exports use; letter case does not count anyway. X(column, alias) */
#define HMIS_ALIASES(X) X("HispanicLatinao", "HispanicLatinaeo")
/* clang-format on */

#endif
