/* The value lists of the loaded columns, with HUD's words. Lists that only unloaded columns use are
 * there by their number alone.
 *
 * Sources: HUD's HMIS CSV Format Specifications FY2024 and FY2026; the texts are those of FY2026
 * where it has the code.
 *
 * HMIS_LISTS: X(name, number, values or NONE); HMIS_VALUES_…: X(code, years, text)
 */
#ifndef HMIS_VALUES_H
#define HMIS_VALUES_H

/* clang-format off: one list or value per line */
#define HMIS_LISTS(X)                                                                                                  \
	X(1_1, "1.1", VALUES)                                                                                          \
	X(1_2, "1.2", VALUES)                                                                                          \
	X(1_3, "1.3", VALUES)                                                                                          \
	X(1_4, "1.4", VALUES)                                                                                          \
	X(1_5, "1.5", VALUES)                                                                                          \
	X(1_6, "1.6", NONE)                                                                                            \
	X(1_7, "1.7", VALUES)                                                                                          \
	X(1_8, "1.8", VALUES)                                                                                          \
	X(1_10, "1.10", VALUES)                                                                                        \
	X(2_02_6, "2.02.6", VALUES)                                                                                    \
	X(2_02_7, "2.02.7", VALUES)                                                                                    \
	X(2_02_8, "2.02.8", NONE)                                                                                      \
	X(2_02_A, "2.02.A", VALUES)                                                                                    \
	X(2_02_D, "2.02.D", VALUES)                                                                                    \
	X(2_03_4, "2.03.4", VALUES)                                                                                    \
	X(2_06_1, "2.06.1", VALUES)                                                                                    \
	X(2_07_4, "2.07.4", VALUES)                                                                                    \
	X(2_07_5, "2.07.5", VALUES)                                                                                    \
	X(2_07_6, "2.07.6", VALUES)                                                                                    \
	X(2_08_1, "2.08.1", VALUES)                                                                                    \
	X(3_01_5, "3.01.5", VALUES)                                                                                    \
	X(3_02_2, "3.02.2", VALUES)                                                                                    \
	X(3_03_2, "3.03.2", VALUES)                                                                                    \
	X(3_12_1, "3.12.1", VALUES)                                                                                    \
	X(3_12_A, "3.12.A", VALUES)                                                                                    \
	X(3_15_1, "3.15.1", VALUES)                                                                                    \
	X(3_917_2, "3.917.2", VALUES)                                                                                  \
	X(3_917_4, "3.917.4", VALUES)                                                                                  \
	X(3_917_5, "3.917.5", VALUES)                                                                                  \
	X(4_10_2, "4.10.2", VALUES)                                                                                    \
	X(4_11_A, "4.11.A", NONE)                                                                                      \
	X(4_19_3, "4.19.3", VALUES)                                                                                    \
	X(4_19_4, "4.19.4", VALUES)                                                                                    \
	X(4_19_7, "4.19.7", VALUES)                                                                                    \
	X(4_20_2, "4.20.2", VALUES)                                                                                    \
	X(4_20_D, "4.20.D", VALUES)                                                                                    \
	X(4_21, "4.21", NONE)                                                                                          \
	X(5_03_1, "5.03.1", VALUES)                                                                                    \
	X(P2_A, "P2.A", NONE)                                                                                          \
	X(P3_A, "P3.A", NONE)                                                                                          \
	X(R1_1, "R1.1", NONE)                                                                                          \
	X(R11_A, "R11.A", NONE)                                                                                        \
	X(R15_B, "R15.B", NONE)                                                                                        \
	X(R17_1, "R17.1", NONE)                                                                                        \
	X(R17_A, "R17.A", NONE)                                                                                        \
	X(R19_A, "R19.A", NONE)                                                                                        \
	X(R2_A, "R2.A", NONE)                                                                                          \
	X(R20_2, "R20.2", NONE)                                                                                        \
	X(R3_1, "R3.1", NONE)                                                                                          \
	X(R7_1, "R7.1", NONE)                                                                                          \
	X(V1_11, "V1.11", NONE)                                                                                        \
	X(V1_12, "V1.12", NONE)                                                                                        \
	X(V10, "V10", NONE)                                                                                            \
	X(V4_1, "V4.1", NONE)                                                                                          \
	X(V6_1, "V6.1", NONE)                                                                                          \
	X(V7_A, "V7.A", NONE)                                                                                          \
	X(V7_B, "V7.B", NONE)                                                                                          \
	X(V7_C, "V7.C", NONE)                                                                                          \
	X(V7_G, "V7.G", NONE)                                                                                          \
	X(V7_I, "V7.I", NONE)                                                                                          \
	X(V7_O, "V7.O", NONE)                                                                                          \
	X(V9_1, "V9.1", NONE)                                                                                          \
	X(W4_3, "W4.3", NONE)                                                                                          \
	X(W4_B, "W4.B", NONE)                                                                                          \
	X(W5_1, "W5.1", NONE)                                                                                          \
	X(W5_A_B, "W5.A-B", NONE)

#define HMIS_VALUES_1_1(X)                                                                                             \
	X(1, BOTH, "Updated")                                                                                          \
	X(3, BOTH, "Reporting period")                                                                                 \
	X(4, BOTH, "Other")

#define HMIS_VALUES_1_2(X)                                                                                             \
	X(1, BOTH, "Delta refresh")                                                                                    \
	X(2, BOTH, "Full refresh")                                                                                     \
	X(3, BOTH, "Other")

#define HMIS_VALUES_1_3(X)                                                                                             \
	X(5, BOTH, "Physical disability")                                                                              \
	X(6, BOTH, "Developmental disability")                                                                         \
	X(7, BOTH, "Chronic health condition")                                                                         \
	X(8, BOTH, "HIV/AIDS")                                                                                         \
	X(9, BOTH, "Mental health disorder")                                                                           \
	X(10, BOTH, "Substance use disorder")

#define HMIS_VALUES_1_4(X)                                                                                             \
	X(141, BOTH, "PATH service")                                                                                   \
	X(142, BOTH, "RHY service connections")                                                                        \
	X(143, BOTH, "HOPWA service")                                                                                  \
	X(144, BOTH, "SSVF service")                                                                                   \
	X(151, BOTH, "HOPWA financial assistance")                                                                     \
	X(152, BOTH, "SSVF financial assistance")                                                                      \
	X(161, BOTH, "PATH referral")                                                                                  \
	X(200, BOTH, "Bed night")                                                                                      \
	X(210, BOTH, "HUD-VASH OTH voucher tracking")                                                                  \
	X(300, BOTH, "Moving On assistance provided")

#define HMIS_VALUES_1_5(X)                                                                                             \
	X(1, BOTH, "Unhashed")                                                                                         \
	X(2, BOTH, "SHA-1 (no longer used for federal purposes)")                                                      \
	X(3, BOTH, "Hashed – other")                                                                                   \
	X(4, BOTH, "SHA-256 (RHY)")

#define HMIS_VALUES_1_7(X)                                                                                             \
	X(0, BOTH, "No")                                                                                               \
	X(1, BOTH, "Yes")                                                                                              \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_1_8(X)                                                                                             \
	X(0, BOTH, "No")                                                                                               \
	X(1, BOTH, "Yes")                                                                                              \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_1_10(X)                                                                                            \
	X(0, BOTH, "No")                                                                                               \
	X(1, BOTH, "Yes")

#define HMIS_VALUES_2_02_6(X)                                                                                          \
	X(0, BOTH, "Emergency Shelter – Entry Exit")                                                                   \
	X(1, BOTH, "Emergency Shelter – Night-by-Night")                                                               \
	X(2, BOTH, "Transitional Housing")                                                                             \
	X(3, BOTH, "PH – Permanent Supportive Housing")                                                                \
	X(4, BOTH, "Street Outreach")                                                                                  \
	X(6, BOTH, "Services Only")                                                                                    \
	X(7, BOTH, "Other")                                                                                            \
	X(8, BOTH, "Safe Haven")                                                                                       \
	X(9, BOTH, "PH – Housing Only")                                                                                \
	X(10, BOTH, "PH – Housing with Services (no disability required for entry)")                                   \
	X(11, BOTH, "Day Shelter")                                                                                     \
	X(12, BOTH, "Homelessness Prevention")                                                                         \
	X(13, BOTH, "PH – Rapid Re-Housing")                                                                           \
	X(14, BOTH, "Coordinated Entry")

#define HMIS_VALUES_2_02_7(X)                                                                                          \
	X(1, BOTH, "DV: Survivor of Domestic Violence")                                                                \
	X(3, BOTH, "HIV: Persons with HIV/AIDS")                                                                       \
	X(4, BOTH, "NA: Not applicable")

#define HMIS_VALUES_2_02_A(X)                                                                                          \
	X(1, BOTH, "RRH: Services Only")                                                                               \
	X(2, BOTH, "RRH: Housing with or without services")

#define HMIS_VALUES_2_02_D(X)                                                                                          \
	X(1, BOTH, "Site-based – single site")                                                                         \
	X(2, BOTH, "Site-based – clustered / multiple sites")                                                          \
	X(3, BOTH, "Tenant-based – scattered site")

#define HMIS_VALUES_2_03_4(X)                                                                                          \
	X(1, BOTH, "Urban")                                                                                            \
	X(2, BOTH, "Suburban")                                                                                         \
	X(3, BOTH, "Rural")                                                                                            \
	X(99, BOTH, "Unknown / data not collected")

#define HMIS_VALUES_2_06_1(X)                                                                                          \
	X(1, BOTH, "HUD: CoC – Homelessness Prevention (High Performing Comm. Only)")                                  \
	X(2, BOTH, "HUD: CoC – Permanent Supportive Housing")                                                          \
	X(3, BOTH, "HUD: CoC – Rapid Re-Housing")                                                                      \
	X(4, BOTH, "HUD: CoC – Supportive Services Only")                                                              \
	X(5, BOTH, "HUD: CoC – Transitional Housing")                                                                  \
	X(6, BOTH, "HUD: CoC – Safe Haven")                                                                            \
	X(7, BOTH, "HUD: CoC – Single Room Occupancy (SRO)")                                                           \
	X(8, BOTH, "HUD: ESG – Emergency Shelter (operating and/or essential services)")                               \
	X(9, BOTH, "HUD: ESG – Homelessness Prevention")                                                               \
	X(10, BOTH, "HUD: ESG – Rapid Rehousing")                                                                      \
	X(11, BOTH, "HUD: ESG – Street Outreach")                                                                      \
	X(13, BOTH, "HUD: HOPWA – Hotel/Motel Vouchers")                                                               \
	X(14, BOTH, "HUD: HOPWA – Housing Information")                                                                \
	X(15, BOTH, "HUD: HOPWA – Permanent Housing (facility based or TBRA)")                                         \
	X(16, BOTH, "HUD: HOPWA – Permanent Housing Placement")                                                        \
	X(17, BOTH, "HUD: HOPWA – Short-Term Rent, Mortgage, Utility assistance")                                      \
	X(18, BOTH, "HUD: HOPWA – Short-Term Supportive Facility")                                                     \
	X(19, BOTH, "HUD: HOPWA – Transitional Housing (facility based or TBRA)")                                      \
	X(20, BOTH, "HUD: HUD/VASH")                                                                                   \
	X(21, BOTH, "HHS: PATH – Street Outreach & Supportive Services Only")                                          \
	X(22, BOTH, "HHS: RHY – Basic Center Program (prevention and shelter)")                                        \
	X(23, BOTH, "HHS: RHY – Maternity Group Home for Pregnant and Parenting Youth")                                \
	X(24, BOTH, "HHS: RHY – Transitional Living Program")                                                          \
	X(25, BOTH, "HHS: RHY – Street Outreach Project")                                                              \
	X(26, BOTH, "HHS: RHY – Demonstration Project")                                                                \
	X(27, BOTH, "VA: CRS Contract Residential Services")                                                           \
	X(30, BOTH, "VA: Community Contract Safe Haven Program")                                                       \
	X(33, BOTH, "VA: Supportive Services for Veteran Families")                                                    \
	X(34, BOTH, "N/A")                                                                                             \
	X(35, BOTH, "HUD: Pay for Success")                                                                            \
	X(36, BOTH, "HUD: Public and Indian Housing (PIH) Programs")                                                   \
	X(37, BOTH, "VA: Grant Per Diem – Bridge Housing")                                                             \
	X(38, BOTH, "VA: Grant Per Diem – Low Demand")                                                                 \
	X(39, BOTH, "VA: Grant Per Diem – Hospital to Housing")                                                        \
	X(40, BOTH, "VA: Grant Per Diem – Clinical Treatment")                                                         \
	X(41, BOTH, "VA: Grant Per Diem – Service Intensive Transitional Housing")                                     \
	X(42, BOTH, "VA: Grant Per Diem – Transition in Place")                                                        \
	X(43, BOTH, "HUD: CoC – Youth Homeless Demonstration Program (YHDP)")                                          \
	X(44, BOTH, "HUD: CoC – Joint Component TH/RRH")                                                               \
	X(45, BOTH, "VA: Grant Per Diem – Case Management/Housing Retention")                                          \
	X(46, BOTH, "Local or Other Funding Source (Please Specify)")                                                  \
	X(47, FY2024, "HUD: ESG – CV")                                                                                 \
	X(48, FY2024, "HUD: HOPWA – CV")                                                                               \
	X(50, BOTH, "HUD: HOME")                                                                                       \
	X(51, BOTH, "HUD: HOME (ARP)")                                                                                 \
	X(52, BOTH, "HUD: PIH (Emergency Housing Voucher)")                                                            \
	X(53, BOTH, "HUD: ESG – RUSH")                                                                                 \
	X(54, BOTH, "HUD: Unsheltered Special NOFO")                                                                   \
	X(55, BOTH, "HUD: Rural Special NOFO")                                                                         \
	X(56, FY2026, "HUD: CoC Builds")

#define HMIS_VALUES_2_07_4(X)                                                                                          \
	X(1, BOTH, "Households without children")                                                                      \
	X(3, BOTH, "Households with at least one adult and one child")                                                 \
	X(4, BOTH, "Households with only children")

#define HMIS_VALUES_2_07_5(X)                                                                                          \
	X(1, BOTH, "Facility-based beds")                                                                              \
	X(2, BOTH, "Voucher beds")                                                                                     \
	X(3, BOTH, "Other beds")

#define HMIS_VALUES_2_07_6(X)                                                                                          \
	X(1, BOTH, "Year-round")                                                                                       \
	X(2, BOTH, "Seasonal")                                                                                         \
	X(3, BOTH, "Overflow")

#define HMIS_VALUES_2_08_1(X)                                                                                          \
	X(0, BOTH, "Not Participating")                                                                                \
	X(1, BOTH, "HMIS Participating")                                                                               \
	X(2, BOTH, "Comparable Database Participating")

#define HMIS_VALUES_3_01_5(X)                                                                                          \
	X(1, BOTH, "Full name reported")                                                                               \
	X(2, BOTH, "Partial, street name, or code name reported")                                                      \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_3_02_2(X)                                                                                          \
	X(1, BOTH, "Full SSN reported")                                                                                \
	X(2, BOTH, "Approximate or partial SSN reported")                                                              \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_3_03_2(X)                                                                                          \
	X(1, BOTH, "Full DOB reported")                                                                                \
	X(2, BOTH, "Approximate or partial DOB reported")                                                              \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_3_12_1(X)                                                                                          \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(17, BOTH, "Other")                                                                                           \
	X(24, BOTH, "Deceased")                                                                                        \
	X(30, BOTH, "No exit interview completed")                                                                     \
	X(37, BOTH, "Worker unable to determine")                                                                      \
	X(99, BOTH, "Data not collected")                                                                              \
	X(101, BOTH,                                                                                                   \
	  "Emergency shelter, including hotel or motel paid for with emergency shelter voucher, Host Home shelter")    \
	X(116, BOTH,                                                                                                   \
	  "Place not meant for habitation (e.g., a vehicle, an abandoned building, bus/train/subway station/airport "  \
	  "or anywhere outside)")                                                                                      \
	X(118, BOTH, "Safe Haven")                                                                                     \
	X(204, BOTH, "Psychiatric hospital or other psychiatric facility")                                             \
	X(205, BOTH, "Substance abuse treatment facility or detox center")                                             \
	X(206, BOTH, "Hospital or other residential non-psychiatric medical facility")                                 \
	X(207, BOTH, "Jail, prison, or juvenile detention facility")                                                   \
	X(215, BOTH, "Foster care home or foster care group home")                                                     \
	X(225, BOTH, "Long-term care facility or nursing home")                                                        \
	X(302, BOTH, "Transitional housing for homeless persons (including homeless youth)")                           \
	X(312, BOTH, "Staying or living with family, temporary tenure (e.g. room, apartment, or house)")               \
	X(313, BOTH, "Staying or living with friends, temporary tenure (e.g. room, apartment, or house)")              \
	X(314, BOTH, "Hotel or motel paid for without emergency shelter voucher")                                      \
	X(327, BOTH, "Moved from one HOPWA funded project to HOPWA TH")                                                \
	X(329, BOTH, "Residential project or halfway house with no homeless criteria")                                 \
	X(332, BOTH, "Host Home (non-crisis)")                                                                         \
	X(335, BOTH, "Staying or living in a family member’s room, apartment, or house")                               \
	X(336, BOTH, "Staying or living in a friend’s room, apartment, or house")                                      \
	X(410, BOTH, "Rental by client, no ongoing housing subsidy")                                                   \
	X(411, BOTH, "Owned by client, no ongoing housing subsidy")                                                    \
	X(421, BOTH, "Owned by client, with ongoing housing subsidy")                                                  \
	X(422, BOTH, "Staying or living with family, permanent tenure")                                                \
	X(423, BOTH, "Staying or living with friends, permanent tenure")                                               \
	X(426, BOTH, "Moved from one HOPWA funded project to HOPWA PH")                                                \
	X(435, BOTH, "Rental by client, with ongoing housing subsidy")

#define HMIS_VALUES_3_12_A(X)                                                                                          \
	X(419, BOTH, "VASH housing subsidy")                                                                           \
	X(420, BOTH, "Rental by client, with other ongoing housing subsidy")                                           \
	X(428, BOTH, "GPD TIP housing subsidy")                                                                        \
	X(431, BOTH, "RRH or equivalent subsidy")                                                                      \
	X(433, BOTH, "HCV voucher (tenant or project based) (not dedicated)")                                          \
	X(434, BOTH, "Public housing unit")                                                                            \
	X(436, BOTH, "Housing Stability Voucher")                                                                      \
	X(437, BOTH, "Family Unification Program Voucher (FUP)")                                                       \
	X(438, BOTH, "Foster Youth to Independence Initiative (FYI)")                                                  \
	X(439, BOTH, "Permanent Supportive Housing")                                                                   \
	X(440, BOTH, "Other permanent housing dedicated for formerly homeless persons")

#define HMIS_VALUES_3_15_1(X)                                                                                          \
	X(1, BOTH, "Self (Head of Household)")                                                                         \
	X(2, BOTH, "Head of household’s child")                                                                        \
	X(3, BOTH, "Head of household’s spouse or partner")                                                            \
	X(4, BOTH, "Head of household’s other relation member")                                                        \
	X(5, BOTH, "Other: non-relation member")                                                                       \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_3_917_2(X)                                                                                         \
	X(2, BOTH, "One week or more, but less than one month")                                                        \
	X(3, BOTH, "One month or more, but less than 90 days")                                                         \
	X(4, BOTH, "90 days or more but less than one year")                                                           \
	X(5, BOTH, "One year or longer")                                                                               \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(10, BOTH, "One night or less")                                                                               \
	X(11, BOTH, "Two to six nights")                                                                               \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_3_917_4(X)                                                                                         \
	X(1, BOTH, "One time")                                                                                         \
	X(2, BOTH, "Two times")                                                                                        \
	X(3, BOTH, "Three times")                                                                                      \
	X(4, BOTH, "Four or more times")                                                                               \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_3_917_5(X)                                                                                         \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(99, BOTH, "Data not collected")                                                                              \
	X(101, BOTH, "1")                                                                                              \
	X(102, BOTH, "2")                                                                                              \
	X(103, BOTH, "3")                                                                                              \
	X(104, BOTH, "4")                                                                                              \
	X(105, BOTH, "5")                                                                                              \
	X(106, BOTH, "6")                                                                                              \
	X(107, BOTH, "7")                                                                                              \
	X(108, BOTH, "8")                                                                                              \
	X(109, BOTH, "9")                                                                                              \
	X(110, BOTH, "10")                                                                                             \
	X(111, BOTH, "11")                                                                                             \
	X(112, BOTH, "12")                                                                                             \
	X(113, BOTH, "More than 12 months")

#define HMIS_VALUES_4_10_2(X)                                                                                          \
	X(0, BOTH, "No")                                                                                               \
	X(1, BOTH, "Alcohol use disorder")                                                                             \
	X(2, BOTH, "Drug use disorder")                                                                                \
	X(3, BOTH, "Both alcohol and drug use disorders")                                                              \
	X(8, BOTH, "Client doesn’t know")                                                                              \
	X(9, BOTH, "Client prefers not to answer")                                                                     \
	X(99, BOTH, "Data not collected")

#define HMIS_VALUES_4_19_3(X)                                                                                          \
	X(1, BOTH, "Phone")                                                                                            \
	X(2, BOTH, "Virtual")                                                                                          \
	X(3, BOTH, "In Person")

#define HMIS_VALUES_4_19_4(X)                                                                                          \
	X(1, BOTH, "Crisis Needs Assessment")                                                                          \
	X(2, BOTH, "Housing Needs Assessment")

#define HMIS_VALUES_4_19_7(X)                                                                                          \
	X(1, BOTH, "Placed on prioritization list")                                                                    \
	X(2, BOTH, "Not placed on prioritization list")

#define HMIS_VALUES_4_20_2(X)                                                                                          \
	X(1, BOTH, "Referral to Prevention Assistance project")                                                        \
	X(2, BOTH, "Problem Solving/Diversion/Rapid Resolution intervention or service")                               \
	X(3, BOTH, "Referral to scheduled Coordinated Entry Crisis Needs Assessment")                                  \
	X(4, BOTH, "Referral to scheduled Coordinated Entry Housing Needs Assessment")                                 \
	X(5, BOTH, "Referral to Post-placement/ follow-up case management")                                            \
	X(6, BOTH, "Referral to Street Outreach project or services")                                                  \
	X(7, BOTH, "Referral to Housing Navigation project or services")                                               \
	X(8, BOTH, "Referral to Non-continuum services: Ineligible for continuum services")                            \
	X(9, BOTH, "Referral to Non-continuum services: No availability in continuum services")                        \
	X(10, BOTH, "Referral to Emergency Shelter bed opening")                                                       \
	X(11, BOTH, "Referral to Transitional Housing bed/unit opening")                                               \
	X(12, BOTH, "Referral to Joint TH-RRH project/unit/resource opening")                                          \
	X(13, BOTH, "Referral to RRH project resource opening")                                                        \
	X(14, BOTH, "Referral to PSH project resource opening")                                                        \
	X(15, BOTH, "Referral to Other PH project/unit/resource opening")                                              \
	X(16, BOTH, "Referral to emergency assistance/flex fund/furniture assistance")                                 \
	X(17, BOTH, "Referral to Emergency Housing Voucher (EHV)")                                                     \
	X(18, BOTH, "Referral to a Housing Stability Voucher")

#define HMIS_VALUES_4_20_D(X)                                                                                          \
	X(1, BOTH, "Successful referral: client accepted")                                                             \
	X(2, BOTH, "Unsuccessful referral: client rejected")                                                           \
	X(3, BOTH, "Unsuccessful referral: provider rejected")

#define HMIS_VALUES_5_03_1(X)                                                                                          \
	X(1, BOTH, "Project entry")                                                                                    \
	X(2, BOTH, "Update")                                                                                           \
	X(3, BOTH, "Project exit")                                                                                     \
	X(5, BOTH, "Annual assessment")                                                                                \
	X(6, BOTH, "Post-exit (not used in CSV)")
/* clang-format on */

#endif
