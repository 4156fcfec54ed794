/* cma.h: Laboratory's CMA number: 12 digits. What the places mean is told
 * differently by different pages, so nothing but the length is checked: unverified. */
#ifndef SY_SCHEMA_MODEL_CMA_H
#define SY_SCHEMA_MODEL_CMA_H

#include "schema/bytes.h"

enum sy_err sy_cma_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
