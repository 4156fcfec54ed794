/* service/scan.c: see scan.h. The scan is shared by the job on the writer's
 * thread and by the reply that waits for it; the later of the two frees it. */
#include "server/service/scan.h"

#include "server/store/scan.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct scan {
	atomic_int owners;
	bool own;
	char item[15];
	uint32_t counter;
	int64_t at;
	struct scan_count result;
};

void
scan_free(struct scan *s)
{
	if (s != NULL && atomic_fetch_sub(&s->owners, 1) == 1)
		free(s);
}

static void
job_free(void *arg)
{
	scan_free(arg);
}

static enum sy_err
job_run(struct db *db, void *arg, struct sy_fault *reterr)
{
	struct scan *s = arg;
	(void)reterr;
	return store_scan_add(db, s->own, s->item, s->counter, s->at, &s->result);
}

enum sy_err
scan_submit(struct writer *w, const struct verification *v, struct scan **retscan, struct commit_ticket **ret)
{
	struct scan *s = calloc(1, sizeof *s);
	if (s == NULL)
		return SY_ERR_NO_MEMORY;
	atomic_init(&s->owners, 2);
	s->own = v->link.own;
	memcpy(s->item, v->link.item, sizeof s->item);
	s->counter = v->facts.counter;
	s->at = v->checked_at;
	enum sy_err err = commit_submit(w, COMMIT_QUIET, job_run, s, job_free, ret);
	if (err != SY_OK) {
		scan_free(s); /* commit_submit has called job_free */
		return err;
	}
	*retscan = s;
	return SY_OK;
}

const struct scan_count *
scan_result(const struct scan *s)
{
	return &s->result;
}

static bool
starts(struct sy_span s, const char *word)
{
	for (size_t i = 0; word[i] != '\0'; i++)
		if (i == s.len || (s.data[i] | 0x20) != (uint8_t)word[i])
			return false;
	return true;
}

bool
scan_is_machine(struct sy_span user_agent)
{
	static const char *const words[] = { "bot", "crawl", "spider", "slurp", "preview", "facebookexternalhit", "embedly" };
	for (size_t at = 0; at < user_agent.len; at++)
		for (size_t i = 0; i < SY_LEN(words); i++)
			if ((user_agent.data[at] | 0x20) == words[i][0] && starts(sy_span_sub(user_agent, at, user_agent.len), words[i]))
				return true;
	return false;
}
