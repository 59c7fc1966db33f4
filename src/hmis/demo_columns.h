/* The files and columns of the FY2026 HMIS CSV export, in the order of the standard.
 *
 * One list per file makes the header line and an enum of positions, so that a row is filled by the
 * name of its column and can neither lack one nor shift. The enums keep the standard's spelling, so
 * that a column can be searched for. Source: HUD's HMIS CSV Format Specifications FY2026; a test
 * compares the lists with the machine-readable edition.
 *
 *     demo_row_day(&row, Enrollment_EntryDate, stay->entry);
 */
#ifndef HMIS_DEMO_COLUMNS_H
#define HMIS_DEMO_COLUMNS_H

/* clang-format off */
#define DEMO_FILES(F) \
	F(Export) F(Organization) F(User) F(Project) F(Funder) F(ProjectCoC) \
	F(Inventory) F(Affiliation) F(HMISParticipation) F(CEParticipation) F(Client) F(Enrollment) \
	F(Exit) F(IncomeBenefits) F(HealthAndDV) F(EmploymentEducation) F(Disabilities) F(Services) \
	F(CurrentLivingSituation) F(Assessment) F(AssessmentQuestions) F(AssessmentResults) F(Event) F(YouthEducationStatus)

#define DEMO_Export(X) \
	X(Export, ExportID) X(Export, SourceType) X(Export, SourceID) X(Export, SourceName) \
	X(Export, SourceContactFirst) X(Export, SourceContactLast) X(Export, SourceContactPhone) \
	X(Export, SourceContactExtension) X(Export, SourceContactEmail) X(Export, ExportDate) \
	X(Export, ExportStartDate) X(Export, ExportEndDate) X(Export, SoftwareName) \
	X(Export, SoftwareVersion) X(Export, CSVVersion) X(Export, ExportPeriodType) \
	X(Export, ExportDirective) X(Export, HashStatus) X(Export, ImplementationID)

#define DEMO_Organization(X) \
	X(Organization, OrganizationID) X(Organization, OrganizationName) \
	X(Organization, VictimServiceProvider) X(Organization, OrganizationCommonName) \
	X(Organization, DateCreated) X(Organization, DateUpdated) X(Organization, UserID) \
	X(Organization, DateDeleted) X(Organization, ExportID)

#define DEMO_User(X) \
	X(User, UserID) X(User, UserFirstName) X(User, UserLastName) X(User, UserPhone) \
	X(User, UserExtension) X(User, UserEmail) X(User, DateCreated) X(User, DateUpdated) \
	X(User, DateDeleted) X(User, ExportID)

#define DEMO_Project(X) \
	X(Project, ProjectID) X(Project, OrganizationID) X(Project, ProjectName) \
	X(Project, ProjectCommonName) X(Project, OperatingStartDate) X(Project, OperatingEndDate) \
	X(Project, ContinuumProject) X(Project, ProjectType) X(Project, HousingType) \
	X(Project, RRHSubType) X(Project, ResidentialAffiliation) X(Project, TargetPopulation) \
	X(Project, HOPWAMedAssistedLivingFac) X(Project, PITCount) X(Project, DateCreated) \
	X(Project, DateUpdated) X(Project, UserID) X(Project, DateDeleted) X(Project, ExportID)

#define DEMO_Funder(X) \
	X(Funder, FunderID) X(Funder, ProjectID) X(Funder, Funder) X(Funder, OtherFunder) \
	X(Funder, GrantID) X(Funder, StartDate) X(Funder, EndDate) X(Funder, DateCreated) \
	X(Funder, DateUpdated) X(Funder, UserID) X(Funder, DateDeleted) X(Funder, ExportID)

#define DEMO_ProjectCoC(X) \
	X(ProjectCoC, ProjectCoCID) X(ProjectCoC, ProjectID) X(ProjectCoC, CoCCode) \
	X(ProjectCoC, Geocode) X(ProjectCoC, Address1) X(ProjectCoC, Address2) X(ProjectCoC, City) \
	X(ProjectCoC, State) X(ProjectCoC, ZIP) X(ProjectCoC, GeographyType) X(ProjectCoC, DateCreated) \
	X(ProjectCoC, DateUpdated) X(ProjectCoC, UserID) X(ProjectCoC, DateDeleted) \
	X(ProjectCoC, ExportID)

#define DEMO_Inventory(X) \
	X(Inventory, InventoryID) X(Inventory, ProjectID) X(Inventory, CoCCode) \
	X(Inventory, HouseholdType) X(Inventory, Availability) X(Inventory, UnitInventory) \
	X(Inventory, BedInventory) X(Inventory, CHVetBedInventory) X(Inventory, YouthVetBedInventory) \
	X(Inventory, VetBedInventory) X(Inventory, CHYouthBedInventory) X(Inventory, YouthBedInventory) \
	X(Inventory, CHBedInventory) X(Inventory, OtherBedInventory) X(Inventory, ESBedType) \
	X(Inventory, InventoryStartDate) X(Inventory, InventoryEndDate) X(Inventory, DateCreated) \
	X(Inventory, DateUpdated) X(Inventory, UserID) X(Inventory, DateDeleted) X(Inventory, ExportID)

#define DEMO_Affiliation(X) \
	X(Affiliation, AffiliationID) X(Affiliation, ProjectID) X(Affiliation, ResProjectID) \
	X(Affiliation, DateCreated) X(Affiliation, DateUpdated) X(Affiliation, UserID) \
	X(Affiliation, DateDeleted) X(Affiliation, ExportID)

#define DEMO_HMISParticipation(X) \
	X(HMISParticipation, HMISParticipationID) X(HMISParticipation, ProjectID) \
	X(HMISParticipation, HMISParticipationType) \
	X(HMISParticipation, HMISParticipationStatusStartDate) \
	X(HMISParticipation, HMISParticipationStatusEndDate) X(HMISParticipation, DateCreated) \
	X(HMISParticipation, DateUpdated) X(HMISParticipation, UserID) X(HMISParticipation, DateDeleted) \
	X(HMISParticipation, ExportID)

#define DEMO_CEParticipation(X) \
	X(CEParticipation, CEParticipationID) X(CEParticipation, ProjectID) \
	X(CEParticipation, AccessPoint) X(CEParticipation, PreventionAssessment) \
	X(CEParticipation, CrisisAssessment) X(CEParticipation, HousingAssessment) \
	X(CEParticipation, DirectServices) X(CEParticipation, ReceivesReferrals) \
	X(CEParticipation, CEParticipationStatusStartDate) \
	X(CEParticipation, CEParticipationStatusEndDate) X(CEParticipation, DateCreated) \
	X(CEParticipation, DateUpdated) X(CEParticipation, UserID) X(CEParticipation, DateDeleted) \
	X(CEParticipation, ExportID)

#define DEMO_Client(X) \
	X(Client, PersonalID) X(Client, FirstName) X(Client, MiddleName) X(Client, LastName) \
	X(Client, NameSuffix) X(Client, NameDataQuality) X(Client, SSN) X(Client, SSNDataQuality) \
	X(Client, DOB) X(Client, DOBDataQuality) X(Client, Sex) X(Client, AmIndAKNative) \
	X(Client, Asian) X(Client, BlackAfAmerican) X(Client, HispanicLatinao) \
	X(Client, MidEastNAfrican) X(Client, NativeHIPacific) X(Client, White) X(Client, RaceNone) \
	X(Client, AdditionalRaceEthnicity) X(Client, VeteranStatus) X(Client, YearEnteredService) \
	X(Client, YearSeparated) X(Client, WorldWarII) X(Client, KoreanWar) X(Client, VietnamWar) \
	X(Client, DesertStorm) X(Client, AfghanistanOEF) X(Client, IraqOIF) X(Client, IraqOND) \
	X(Client, OtherTheater) X(Client, MilitaryBranch) X(Client, DischargeStatus) \
	X(Client, DateCreated) X(Client, DateUpdated) X(Client, UserID) X(Client, DateDeleted) \
	X(Client, ExportID)

#define DEMO_Enrollment(X) \
	X(Enrollment, EnrollmentID) X(Enrollment, PersonalID) X(Enrollment, ProjectID) \
	X(Enrollment, EntryDate) X(Enrollment, HouseholdID) X(Enrollment, RelationshipToHoH) \
	X(Enrollment, EnrollmentCoC) X(Enrollment, LivingSituation) X(Enrollment, RentalSubsidyType) \
	X(Enrollment, LengthOfStay) X(Enrollment, LOSUnderThreshold) X(Enrollment, PreviousStreetESSH) \
	X(Enrollment, DateToStreetESSH) X(Enrollment, TimesHomelessPastThreeYears) \
	X(Enrollment, MonthsHomelessPastThreeYears) X(Enrollment, DisablingCondition) \
	X(Enrollment, DateOfEngagement) X(Enrollment, MoveInDate) X(Enrollment, DateOfPATHStatus) \
	X(Enrollment, ClientEnrolledInPATH) X(Enrollment, ReasonNotEnrolled) X(Enrollment, PercentAMI) \
	X(Enrollment, ReferralSource) X(Enrollment, CountOutreachReferralApproaches) \
	X(Enrollment, DateOfBCPStatus) X(Enrollment, EligibleForRHY) X(Enrollment, ReasonNoServices) \
	X(Enrollment, RunawayYouth) X(Enrollment, FormerWardChildWelfare) \
	X(Enrollment, ChildWelfareYears) X(Enrollment, ChildWelfareMonths) \
	X(Enrollment, FormerWardJuvenileJustice) X(Enrollment, JuvenileJusticeYears) \
	X(Enrollment, JuvenileJusticeMonths) X(Enrollment, UnemploymentFam) \
	X(Enrollment, MentalHealthDisorderFam) X(Enrollment, PhysicalDisabilityFam) \
	X(Enrollment, AlcoholDrugUseDisorderFam) X(Enrollment, InsufficientIncome) \
	X(Enrollment, IncarceratedParent) X(Enrollment, VAMCStation) X(Enrollment, TargetScreenReqd) \
	X(Enrollment, TimeToHousingLoss) X(Enrollment, AnnualPercentAMI) \
	X(Enrollment, LiteralHomelessHistory) X(Enrollment, ClientLeaseholder) \
	X(Enrollment, HOHLeaseholder) X(Enrollment, SubsidyAtRisk) X(Enrollment, EvictionHistory) \
	X(Enrollment, CriminalRecord) X(Enrollment, IncarceratedAdult) X(Enrollment, PrisonDischarge) \
	X(Enrollment, SexOffender) X(Enrollment, DisabledHoH) X(Enrollment, CurrentPregnant) \
	X(Enrollment, SingleParent) X(Enrollment, DependentUnder6) X(Enrollment, HH5Plus) \
	X(Enrollment, CoCPrioritized) X(Enrollment, HPScreeningScore) X(Enrollment, ThresholdScore) \
	X(Enrollment, MentalHealthConsultation) X(Enrollment, TranslationNeeded) \
	X(Enrollment, PreferredLanguage) X(Enrollment, PreferredLanguageDifferent) \
	X(Enrollment, DateCreated) X(Enrollment, DateUpdated) X(Enrollment, UserID) \
	X(Enrollment, DateDeleted) X(Enrollment, ExportID)

#define DEMO_Exit(X) \
	X(Exit, ExitID) X(Exit, EnrollmentID) X(Exit, PersonalID) X(Exit, ExitDate) X(Exit, Destination) \
	X(Exit, DestinationSubsidyType) X(Exit, OtherDestination) X(Exit, HousingAssessment) \
	X(Exit, SubsidyInformation) X(Exit, ProjectCompletionStatus) X(Exit, EarlyExitReason) \
	X(Exit, ExchangeForSex) X(Exit, ExchangeForSexPastThreeMonths) X(Exit, CountOfExchangeForSex) \
	X(Exit, AskedOrForcedToExchangeForSex) X(Exit, AskedOrForcedToExchangeForSexPastThreeMonths) \
	X(Exit, WorkplaceViolenceThreats) X(Exit, WorkplacePromiseDifference) \
	X(Exit, CoercedToContinueWork) X(Exit, LaborExploitPastThreeMonths) X(Exit, CounselingReceived) \
	X(Exit, IndividualCounseling) X(Exit, FamilyCounseling) X(Exit, GroupCounseling) \
	X(Exit, SessionCountAtExit) X(Exit, PostExitCounselingPlan) X(Exit, SessionsInPlan) \
	X(Exit, DestinationSafeClient) X(Exit, DestinationSafeWorker) X(Exit, PosAdultConnections) \
	X(Exit, PosPeerConnections) X(Exit, PosCommunityConnections) X(Exit, AftercareDate) \
	X(Exit, AftercareProvided) X(Exit, EmailSocialMedia) X(Exit, Telephone) \
	X(Exit, InPersonIndividual) X(Exit, InPersonGroup) X(Exit, CMExitReason) X(Exit, DateCreated) \
	X(Exit, DateUpdated) X(Exit, UserID) X(Exit, DateDeleted) X(Exit, ExportID)

#define DEMO_IncomeBenefits(X) \
	X(IncomeBenefits, IncomeBenefitsID) X(IncomeBenefits, EnrollmentID) \
	X(IncomeBenefits, PersonalID) X(IncomeBenefits, InformationDate) \
	X(IncomeBenefits, IncomeFromAnySource) X(IncomeBenefits, TotalMonthlyIncome) \
	X(IncomeBenefits, Earned) X(IncomeBenefits, EarnedAmount) X(IncomeBenefits, Unemployment) \
	X(IncomeBenefits, UnemploymentAmount) X(IncomeBenefits, SSI) X(IncomeBenefits, SSIAmount) \
	X(IncomeBenefits, SSDI) X(IncomeBenefits, SSDIAmount) X(IncomeBenefits, VADisabilityService) \
	X(IncomeBenefits, VADisabilityServiceAmount) X(IncomeBenefits, VADisabilityNonService) \
	X(IncomeBenefits, VADisabilityNonServiceAmount) X(IncomeBenefits, PrivateDisability) \
	X(IncomeBenefits, PrivateDisabilityAmount) X(IncomeBenefits, WorkersComp) \
	X(IncomeBenefits, WorkersCompAmount) X(IncomeBenefits, TANF) X(IncomeBenefits, TANFAmount) \
	X(IncomeBenefits, GA) X(IncomeBenefits, GAAmount) X(IncomeBenefits, SocSecRetirement) \
	X(IncomeBenefits, SocSecRetirementAmount) X(IncomeBenefits, Pension) \
	X(IncomeBenefits, PensionAmount) X(IncomeBenefits, ChildSupport) \
	X(IncomeBenefits, ChildSupportAmount) X(IncomeBenefits, Alimony) \
	X(IncomeBenefits, AlimonyAmount) X(IncomeBenefits, OtherIncomeSource) \
	X(IncomeBenefits, OtherIncomeAmount) X(IncomeBenefits, OtherIncomeSourceIdentify) \
	X(IncomeBenefits, BenefitsFromAnySource) X(IncomeBenefits, SNAP) X(IncomeBenefits, WIC) \
	X(IncomeBenefits, TANFChildCare) X(IncomeBenefits, TANFTransportation) \
	X(IncomeBenefits, OtherTANF) X(IncomeBenefits, OtherBenefitsSource) \
	X(IncomeBenefits, OtherBenefitsSourceIdentify) X(IncomeBenefits, InsuranceFromAnySource) \
	X(IncomeBenefits, Medicaid) X(IncomeBenefits, NoMedicaidReason) X(IncomeBenefits, Medicare) \
	X(IncomeBenefits, NoMedicareReason) X(IncomeBenefits, SCHIP) X(IncomeBenefits, NoSCHIPReason) \
	X(IncomeBenefits, VHAServices) X(IncomeBenefits, NoVHAReason) \
	X(IncomeBenefits, EmployerProvided) X(IncomeBenefits, NoEmployerProvidedReason) \
	X(IncomeBenefits, COBRA) X(IncomeBenefits, NoCOBRAReason) X(IncomeBenefits, PrivatePay) \
	X(IncomeBenefits, NoPrivatePayReason) X(IncomeBenefits, StateHealthIns) \
	X(IncomeBenefits, NoStateHealthInsReason) X(IncomeBenefits, IndianHealthServices) \
	X(IncomeBenefits, NoIndianHealthServicesReason) X(IncomeBenefits, OtherInsurance) \
	X(IncomeBenefits, OtherInsuranceIdentify) X(IncomeBenefits, ADAP) \
	X(IncomeBenefits, NoADAPReason) X(IncomeBenefits, RyanWhiteMedDent) \
	X(IncomeBenefits, NoRyanWhiteReason) X(IncomeBenefits, ConnectionWithSOAR) \
	X(IncomeBenefits, DataCollectionStage) X(IncomeBenefits, DateCreated) \
	X(IncomeBenefits, DateUpdated) X(IncomeBenefits, UserID) X(IncomeBenefits, DateDeleted) \
	X(IncomeBenefits, ExportID)

#define DEMO_HealthAndDV(X) \
	X(HealthAndDV, HealthAndDVID) X(HealthAndDV, EnrollmentID) X(HealthAndDV, PersonalID) \
	X(HealthAndDV, InformationDate) X(HealthAndDV, DomesticViolenceSurvivor) \
	X(HealthAndDV, WhenOccurred) X(HealthAndDV, CurrentlyFleeing) \
	X(HealthAndDV, GeneralHealthStatus) X(HealthAndDV, DentalHealthStatus) \
	X(HealthAndDV, MentalHealthStatus) X(HealthAndDV, PregnancyStatus) X(HealthAndDV, DueDate) \
	X(HealthAndDV, DataCollectionStage) X(HealthAndDV, DateCreated) X(HealthAndDV, DateUpdated) \
	X(HealthAndDV, UserID) X(HealthAndDV, DateDeleted) X(HealthAndDV, ExportID)

#define DEMO_EmploymentEducation(X) \
	X(EmploymentEducation, EmploymentEducationID) X(EmploymentEducation, EnrollmentID) \
	X(EmploymentEducation, PersonalID) X(EmploymentEducation, InformationDate) \
	X(EmploymentEducation, LastGradeCompleted) X(EmploymentEducation, SchoolStatus) \
	X(EmploymentEducation, Employed) X(EmploymentEducation, EmploymentType) \
	X(EmploymentEducation, NotEmployedReason) X(EmploymentEducation, DataCollectionStage) \
	X(EmploymentEducation, DateCreated) X(EmploymentEducation, DateUpdated) \
	X(EmploymentEducation, UserID) X(EmploymentEducation, DateDeleted) \
	X(EmploymentEducation, ExportID)

#define DEMO_Disabilities(X) \
	X(Disabilities, DisabilitiesID) X(Disabilities, EnrollmentID) X(Disabilities, PersonalID) \
	X(Disabilities, InformationDate) X(Disabilities, DisabilityType) \
	X(Disabilities, DisabilityResponse) X(Disabilities, IndefiniteAndImpairs) \
	X(Disabilities, TCellCountAvailable) X(Disabilities, TCellCount) X(Disabilities, TCellSource) \
	X(Disabilities, ViralLoadAvailable) X(Disabilities, ViralLoad) X(Disabilities, ViralLoadSource) \
	X(Disabilities, AntiRetroviral) X(Disabilities, DataCollectionStage) \
	X(Disabilities, DateCreated) X(Disabilities, DateUpdated) X(Disabilities, UserID) \
	X(Disabilities, DateDeleted) X(Disabilities, ExportID)

#define DEMO_Services(X) \
	X(Services, ServicesID) X(Services, EnrollmentID) X(Services, PersonalID) \
	X(Services, DateProvided) X(Services, RecordType) X(Services, TypeProvided) \
	X(Services, OtherTypeProvided) X(Services, MovingOnOtherType) X(Services, SubTypeProvided) \
	X(Services, FAAmount) X(Services, FAStartDate) X(Services, FAEndDate) \
	X(Services, ReferralOutcome) X(Services, DateCreated) X(Services, DateUpdated) \
	X(Services, UserID) X(Services, DateDeleted) X(Services, ExportID)

#define DEMO_CurrentLivingSituation(X) \
	X(CurrentLivingSituation, CurrentLivingSitID) X(CurrentLivingSituation, EnrollmentID) \
	X(CurrentLivingSituation, PersonalID) X(CurrentLivingSituation, InformationDate) \
	X(CurrentLivingSituation, CurrentLivingSituation) X(CurrentLivingSituation, CLSSubsidyType) \
	X(CurrentLivingSituation, VerifiedBy) X(CurrentLivingSituation, LeaveSituation14Days) \
	X(CurrentLivingSituation, SubsequentResidence) X(CurrentLivingSituation, ResourcesToObtain) \
	X(CurrentLivingSituation, LeaseOwn60Day) X(CurrentLivingSituation, MovedTwoOrMore) \
	X(CurrentLivingSituation, LocationDetails) X(CurrentLivingSituation, DateCreated) \
	X(CurrentLivingSituation, DateUpdated) X(CurrentLivingSituation, UserID) \
	X(CurrentLivingSituation, DateDeleted) X(CurrentLivingSituation, ExportID)

#define DEMO_Assessment(X) \
	X(Assessment, AssessmentID) X(Assessment, EnrollmentID) X(Assessment, PersonalID) \
	X(Assessment, AssessmentDate) X(Assessment, AssessmentLocation) X(Assessment, AssessmentType) \
	X(Assessment, AssessmentLevel) X(Assessment, PrioritizationStatus) X(Assessment, DateCreated) \
	X(Assessment, DateUpdated) X(Assessment, UserID) X(Assessment, DateDeleted) \
	X(Assessment, ExportID)

#define DEMO_AssessmentQuestions(X) \
	X(AssessmentQuestions, AssessmentQuestionID) X(AssessmentQuestions, AssessmentID) \
	X(AssessmentQuestions, EnrollmentID) X(AssessmentQuestions, PersonalID) \
	X(AssessmentQuestions, AssessmentQuestionGroup) X(AssessmentQuestions, AssessmentQuestionOrder) \
	X(AssessmentQuestions, AssessmentQuestion) X(AssessmentQuestions, AssessmentAnswer) \
	X(AssessmentQuestions, DateCreated) X(AssessmentQuestions, DateUpdated) \
	X(AssessmentQuestions, UserID) X(AssessmentQuestions, DateDeleted) \
	X(AssessmentQuestions, ExportID)

#define DEMO_AssessmentResults(X) \
	X(AssessmentResults, AssessmentResultID) X(AssessmentResults, AssessmentID) \
	X(AssessmentResults, EnrollmentID) X(AssessmentResults, PersonalID) \
	X(AssessmentResults, AssessmentResultType) X(AssessmentResults, AssessmentResult) \
	X(AssessmentResults, DateCreated) X(AssessmentResults, DateUpdated) X(AssessmentResults, UserID) \
	X(AssessmentResults, DateDeleted) X(AssessmentResults, ExportID)

#define DEMO_Event(X) \
	X(Event, EventID) X(Event, EnrollmentID) X(Event, PersonalID) X(Event, EventDate) \
	X(Event, Event) X(Event, ProbSolDivRRResult) X(Event, ReferralCaseManageAfter) \
	X(Event, LocationCrisisOrPHHousing) X(Event, ReferralResult) X(Event, ResultDate) \
	X(Event, DateCreated) X(Event, DateUpdated) X(Event, UserID) X(Event, DateDeleted) \
	X(Event, ExportID)

#define DEMO_YouthEducationStatus(X) \
	X(YouthEducationStatus, YouthEducationStatusID) X(YouthEducationStatus, EnrollmentID) \
	X(YouthEducationStatus, PersonalID) X(YouthEducationStatus, InformationDate) \
	X(YouthEducationStatus, CurrentSchoolAttend) X(YouthEducationStatus, MostRecentEdStatus) \
	X(YouthEducationStatus, CurrentEdStatus) X(YouthEducationStatus, DataCollectionStage) \
	X(YouthEducationStatus, DateCreated) X(YouthEducationStatus, DateUpdated) \
	X(YouthEducationStatus, UserID) X(YouthEducationStatus, DateDeleted) \
	X(YouthEducationStatus, ExportID)
/* clang-format on */

enum demo_file {
#define F(file) DEMO_FILE_##file,
	DEMO_FILES(F)
#undef F
		DEMO_FILE_COUNT
};

#define X(file, column) file##_##column,
#define F(file) enum file##_column{DEMO_##file(X) file##_COLUMNS};
DEMO_FILES(F)
#undef F
#undef X

struct demo_file_shape {
	const char *name;   /* without ".csv" */
	const char *header; /* the names, each with a comma before it */
	int columns;
};
extern const struct demo_file_shape demo_files[DEMO_FILE_COUNT];

#endif
