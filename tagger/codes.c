/* codes.c: see codes.h. */
#include "tagger/codes.h"

#include <inttypes.h>
#include <string.h>

#define HEAD "# suyuan-codes/v1 "
#define END "# end "

static enum sy_err
read_file(void *arg, uint8_t *ret, size_t size, size_t *retlen, struct sy_fault *reterr)
{
	FILE *f = arg;
	(void)reterr;
	*retlen = fread(ret, 1, size, f);
	return ferror(f) == 0 ? SY_OK : SY_ERR_IO;
}

void
sy_codes_init(struct sy_codes *c, FILE *file)
{
	sy_codes_init_from(c, read_file, file);
}

void
sy_codes_init_from(struct sy_codes *c, sy_codes_source *source, void *arg)
{
	*c = (struct sy_codes){ .source = source, .arg = arg };
}

/* The fault gets the line's number in front of its field. */
static enum sy_err
in_line(const struct sy_codes *c, enum sy_err err, struct sy_fault *reterr)
{
	char where[32];
	(void)snprintf(where, sizeof where, "line %zu", c->line);
	if (reterr != NULL && reterr->err == SY_OK)
		return sy_fault_at(reterr, err, where, 0, 0);
	if (reterr != NULL && reterr->field[0] == '\0')
		(void)snprintf(reterr->field, sizeof reterr->field, "%s", where);
	else
		sy_fault_within(reterr, where);
	return err;
}

/* One line into ret, without its end. False at the end of the file. */
static enum sy_err
read_line(struct sy_codes *c, char *ret, size_t size, size_t *retlen, bool *retgot, struct sy_fault *reterr)
{
	size_t n = 0;
	for (;;) {
		if (c->at == c->len) {
			c->at = c->len = 0;
			c->failed = c->source(c->arg, c->block, sizeof c->block, &c->len, reterr);
			SY_TRY(c->failed);
			if (c->len == 0)
				break;
		}
		const uint8_t *from = c->block + c->at, *lf = memchr(from, '\n', c->len - c->at);
		size_t take = lf == NULL ? c->len - c->at : (size_t)(lf - from);
		if (take >= size - n)
			return SY_ERR_TOO_LONG;
		memcpy(ret + n, from, take);
		n += take;
		c->at += take + (lf != NULL);
		if (lf != NULL)
			break;
	}
	bool ended = c->len == 0;
	*retgot = !ended || n > 0;
	if (*retgot)
		c->line++;
	/* The last line must have its end too: "# end 12" may be the beginning of "# end 123". */
	if (ended && n > 0)
		return SY_ERR_TOO_SHORT;
	if (n > 0 && ret[n - 1] == '\r')
		n--;
	ret[n] = '\0';
	*retlen = n;
	return SY_OK;
}

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static enum sy_err
check_end(struct sy_codes *c, const char *number, struct sy_fault *reterr)
{
	char want[24];
	(void)snprintf(want, sizeof want, "%zu", c->count);
	if (strcmp(number, want) != 0)
		return sy_fault_say(reterr, SY_ERR_MALFORMED, "", "末行写着 %s 个码，实有 %zu 个", "The last line says %s codes, there are %zu", number, c->count);
	if (c->facts.count >= 0 && (uint64_t)c->facts.count != c->count && c->facts.first >= 0)
		return sy_fault_say(reterr, SY_ERR_MALFORMED, "", "首行写着 %" PRId64 " 个码，实有 %zu 个", "The first line says %" PRId64 " codes, there are %zu",
		    c->facts.count, c->count);
	c->inside = false;
	return SY_OK;
}

/* The words are the same and the range follows on: the same run of labels, got in two pieces. */
static bool
continues(const struct sy_label_facts *last, const struct sy_label_facts *next)
{
	return last->first >= 0 && last->count >= 0 && next->release[0] != '\0' && next->first == last->first + last->count && sy_label_facts_same(last, next);
}

static enum sy_err
begin_part(struct sy_codes *c, struct sy_span json, struct sy_fault *reterr)
{
	struct sy_label_facts next;
	enum sy_err err = sy_label_facts_parse(json, &next, reterr);
	c->inside = true;
	c->count = 0;
	if (err != SY_OK || c->part == 0 || !continues(&c->facts, &next))
		c->part++;
	if (err == SY_OK)
		c->facts = next;
	return err;
}

static enum sy_err
take_url(struct sy_codes *c, size_t len, struct sy_fault *reterr)
{
	SY_TRY(sy_link_parse(sy_span(c->url, len), &c->link, reterr));
	if (!c->link.has_token)
		return sy_fault_say(reterr, SY_ERR_MISSING, "", "这个网址没有签名", "This URL carries no signature");
	bool other_item = c->facts.gtin[0] != '\0' && strcmp(c->facts.gtin, c->link.item) != 0;
	if (other_item || strcmp(c->facts.lot, c->link.lot) != 0)
		return sy_fault_say(reterr, SY_ERR_CONFLICT, "", "网址属于 %s 批号 %s，不是首行所写的产品或批号", "The URL is of %s lot %s, not of the product or lot in the first line",
		    c->link.item, c->link.lot);
	c->count++;
	return SY_OK;
}

enum sy_err
sy_codes_next(struct sy_codes *c, bool *retmore, struct sy_fault *reterr)
{
	for (;;) {
		size_t len = 0;
		bool got = false;
		enum sy_err err = read_line(c, c->url, sizeof c->url, &len, &got, reterr);
		if (c->failed != SY_OK)
			return sy_fault_at(reterr, err, "", 0, 0); /* of the source, and no fault of a line */
		if (err != SY_OK)
			return in_line(c, sy_fault_at(reterr, err, "", 0, 0), reterr);
		*retmore = got;
		if (!got && !c->inside && c->part > 0)
			return SY_OK;
		if (!got)
			return sy_fault_say(reterr, SY_ERR_TOO_SHORT, "", "码文件被截断：没有末行“# end”", "The file of codes was cut short: no last line \"# end\"");
		if (!c->inside) {
			if (!begins(c->url, HEAD))
				return in_line(c, sy_fault_say(reterr, SY_ERR_MALFORMED, "", "应以“%s”开头", "Should begin with \"%s\"", HEAD), reterr);
			size_t head = sizeof HEAD - 1;
			err = begin_part(c, sy_span(c->url + head, len - head), reterr);
			if (err == SY_OK)
				continue;
			return in_line(c, err, reterr);
		}
		if (begins(c->url, END)) {
			err = check_end(c, c->url + sizeof END - 1, reterr);
			if (err == SY_OK)
				continue;
			return in_line(c, err, reterr);
		}
		err = take_url(c, len, reterr);
		return err == SY_OK ? SY_OK : in_line(c, err, reterr);
	}
}
