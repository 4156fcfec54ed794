/* facts.h: what a label says in words. The release's own words: nothing here is decided by the printer. */
#ifndef SY_TAGGER_FACTS_H
#define SY_TAGGER_FACTS_H

#include "schema/bytes.h"

#define SY_FACT_SIZE 256

struct sy_label_facts {
	char product[SY_FACT_SIZE];
	char lot[SY_FACT_SIZE];
	char produced[SY_FACT_SIZE]; /* a date as people read it; "" absent, as everywhere below */
	char best_before[SY_FACT_SIZE];
	char net_content[SY_FACT_SIZE];
	char origin[SY_FACT_SIZE];
	char host[SY_FACT_SIZE]; /* where to check it: q.example.cn */
	char gtin[15]; /* or the own item */
	unsigned certified; /* SY_CERTIFIED_.. */
	bool demonstration;
	char release[65]; /* leaf hash, hex; "" unknown */
	int64_t first, count; /* of the allocation these codes belong to; -1 unknown */
};
/* A JSON object; unknown members are refused. "certified": [] of "green" "organic" "gi" "commitment". */
enum sy_err sy_label_facts_parse(struct sy_span json, struct sy_label_facts *ret, struct sy_fault *reterr) SY_MUST;
/* But for the range. */
bool sy_label_facts_same(const struct sy_label_facts *a, const struct sy_label_facts *b);

#endif
