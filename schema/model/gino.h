/* gino.h: Geographical indication: the old registration AGIyyyy-bb-s.. (serial of 3
 * to 5 digits) or the text of an announcement, as 国家知识产权局公告第646号: one
 * line, at most 60 characters, with the word 公告. Form from public pages: unverified. */
#ifndef SY_SCHEMA_MODEL_GINO_H
#define SY_SCHEMA_MODEL_GINO_H

#include "schema/bytes.h"

enum sy_err sy_gino_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
