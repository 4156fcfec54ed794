/* judge.h: a report judged against the reference table (domain 3.3, all nine rules).
 *
 * The verdict is computed here and nowhere else; what a client put into the
 * computed fields is thrown away. The limit used is copied into the record, so
 * that a later table never changes an old report (rule 4). */
#ifndef SY_SCHEMA_JUDGE_JUDGE_H
#define SY_SCHEMA_JUDGE_JUDGE_H

#include "schema/wire/json.h"

/* A copy of the report with items[].{limit,reading,verdict,why}, verdict,
 * judged_on and reference_version filled in. produced_day decides the editions:
 * the earliest of the lots covered. Caller owns *ret_judged.
 * Besides the fields of suyuan-record(5) an item may carry "dry_factor" (plain decimal:
 * kilograms fresh in one dried, GB 2762 3.5) and "part" ("edible" or another).
 * Errors are of the input, with their path: BAD_NUMBER (items.3.value),
 * UNKNOWN_UNIT, MISSING, WRONG_TYPE, OUT_OF_RANGE. */
enum sy_err sy_judge_report(const struct sy_json *report, const struct sy_json *product, int32_t produced_day,
    struct sy_json **ret_judged, struct sy_fault *reterr) SY_MUST;

/* For a process that trusts no other: the stored verdicts follow from the
 * stored limits, and this process's own table gives the same verdicts (and, at
 * the same reference_version, the same limits and readings). OK, CONFLICT with
 * the path of the first difference, or an error of the input. */
enum sy_err sy_judge_agrees(const struct sy_json *report, const struct sy_json *product, int32_t produced_day,
    struct sy_fault *reterr) SY_MUST;

#endif
