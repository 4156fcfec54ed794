/* time.h: instants (seconds since 1970-01-01T00:00:00Z, int64_t) and calendar
 * days (days since 2020-01-01, int32_t, Asia/Shanghai calendar: UTC+8 since 1991,
 * no summer time, so a fixed offset is exact for every date we accept). No clock here. */
#ifndef SY_SCHEMA_WIRE_TIME_H
#define SY_SCHEMA_WIRE_TIME_H

#include "schema/bytes.h"

#define SY_TIME_SIZE 21 /* "2026-11-23T08:00:00Z" and NUL */
#define SY_DATE_SIZE 11 /* "2026-11-23" and NUL */

/* RFC 3339, UTC, whole seconds, upper-case T and Z; years 1992 to 9999. BAD_TIME. */
enum sy_err sy_time_parse(struct sy_span text, int64_t *ret, struct sy_fault *reterr) SY_MUST;
void sy_time_print(int64_t t, char ret[SY_TIME_SIZE]);
/* YYYY-MM-DD, years 1992 to 9999. BAD_DATE. */
enum sy_err sy_date_parse(struct sy_span text, int32_t *ret, struct sy_fault *reterr) SY_MUST;
void sy_date_print(int32_t day, char ret[SY_DATE_SIZE]);
int32_t sy_date_of_time(int64_t t); /* the Shanghai day that instant falls in */
int64_t sy_time_of_date(int32_t day); /* the instant at which that day begins in Shanghai */

#endif
