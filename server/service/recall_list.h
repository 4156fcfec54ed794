/* service/recall_list.h: every published recall, newest first, a row a lot. */
#ifndef SERVER_SERVICE_RECALL_LIST_H
#define SERVER_SERVICE_RECALL_LIST_H

#include "server/service/page.h"

struct recall_list {
	size_t n;
	struct page_recall *recall; /* texts live in the list */
	struct recall_texts *texts;
};
enum sy_err recall_list_read(struct db *db, bool en, struct recall_list *ret) SY_MUST;
void recall_list_done(struct recall_list *l);

#endif
