/* tables.h: what gen.c writes and reference.c reads. */
#ifndef SY_SCHEMA_REFERENCE_TABLES_H
#define SY_SCHEMA_REFERENCE_TABLES_H

#include "schema/reference/reference.h"

extern const char sy_table_version[];
extern const struct sy_limit sy_table_limits[];
extern const size_t sy_table_limits_count;
extern const struct sy_category sy_table_categories[];
extern const size_t sy_table_categories_count;
extern const struct sy_county sy_table_counties[];
extern const size_t sy_table_counties_count;
extern const struct sy_township sy_table_townships[];
extern const size_t sy_table_townships_count;
extern const struct sy_unit sy_table_units[];
extern const size_t sy_table_units_count;
extern const struct sy_analyte sy_table_analytes[];
extern const size_t sy_table_analytes_count;
extern const struct sy_gi sy_table_gi[];
extern const size_t sy_table_gi_count;
extern const struct sy_certificate_kind sy_table_certificate_kinds[];
extern const size_t sy_table_certificate_kinds_count;

#endif
