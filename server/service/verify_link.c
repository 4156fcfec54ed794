/* service/verify_link.c: finds the facts of one question, see verify.h. */
#include "server/service/verify_face.h"

#include "server/app.h"
#include "server/service/now.h"
#include "server/store/scan.h"
#include "server/store/view.h"
#include "tagger/code/authority.h"

#include <string.h>

static enum sy_err
check_signature(struct verify_context *x, const struct sy_trust *trust, struct verification *v)
{
	struct verify_case *c = &v->facts;
	struct sy_seal *seal = NULL;
	const char *origin = sy_trust_facts(trust)->origin;
	c->low_s = sy_seal_is_low_s(c->key->alg, v->token.sig);
	if (!c->low_s)
		return SY_OK;
	SY_TRY(face_seal(x, c->key, &seal));
	sy_buf_reset(&x->message);
	sy_token_message(sy_span_str(origin), sy_span_str(v->link.path), v->link.token, &x->message);
	SY_TRY(sy_buf_err(&x->message));
	enum sy_err err = sy_seal_verify(seal, sy_buf_span(&x->message), v->token.sig);
	c->signature = err == SY_OK;
	return err == SY_ERR_BAD_SIGNATURE ? SY_OK : err;
}

static enum sy_err
read_serial(struct app *app, struct verify_context *x, struct verification *v)
{
	struct verify_case *c = &v->facts;
	if (v->link.serial[0] == '\0' || c->view == NULL)
		return SY_OK;
	struct sy_serial *serial = NULL;
	const char *commitment = c->view->serial_commitment;
	c->serial = SERIAL_FOREIGN;
	if (commitment == NULL || strcmp(c->view->item, v->link.item) != 0 || c->view->own != v->link.own)
		return SY_OK;
	SY_TRY(face_serial(app, app->face, x, v->link.own, v->link.item, commitment, &serial));
	enum sy_err err = sy_serial_parse(serial, sy_span_str(v->link.serial), &c->counter, NULL);
	if (err == SY_ERR_NOT_ISSUED)
		return SY_OK;
	SY_TRY(err);
	c->serial = SERIAL_OURS;
	return SY_OK;
}

static enum sy_err
find_facts(struct app *app, struct db *db, struct verify_context *x, struct verification *v)
{
	struct verify_case *c = &v->facts;
	const struct sy_trust *trust = trust_now(app->trust);
	c->link = &v->link;
	if (!v->link.has_token)
		return SY_OK;
	c->token_err = sy_token_parse(v->link.token, &v->token, &v->fault);
	if (c->token_err != SY_OK)
		return SY_OK;
	if (trust == NULL)
		return SY_ERR_UNAVAILABLE;
	c->token = &v->token;
	c->key = sy_trust_find(trust, SY_KEY_LABEL, v->token.kid);
	if (c->key == NULL || c->foreign != NULL)
		return SY_OK;
	SY_TRY(check_signature(x, trust, v));
	if (!c->signature)
		return SY_OK;
	enum sy_err err = views_get(face_views(app->face), db, v->log_size, v->token.release, &c->view);
	if (err == SY_ERR_NOT_FOUND)
		return SY_OK;
	SY_TRY(err);
	return read_serial(app, x, v);
}

static void
begin(struct app *app, struct verification *ret)
{
	memset(ret, 0, sizeof *ret);
	const struct face_options *o = face_options_of(app->face);
	ret->checked_at = now_seconds(app);
	ret->facts.today = sy_date_of_time(ret->checked_at);
	ret->facts.suspicious_scans = o->suspicious_scans;
	ret->facts.suspicious_days = o->suspicious_days;
}

static enum sy_err
finish(struct app *app, struct db *db, bool parsed, struct verification *ret)
{
	enum sy_err err = store_view_log_size(db, &ret->log_size);
	struct verify_context *x = NULL;
	if (err == SY_OK && parsed) {
		err = face_take(app->face, &x);
		if (err == SY_OK)
			err = find_facts(app, db, x, ret);
		face_give(app->face, x);
	}
	if (err != SY_OK) {
		verify_done(app, ret);
		return err;
	}
	verify_judge(&ret->facts, &ret->verdict);
	return SY_OK;
}

enum sy_err
verify_target(struct app *app, struct db *db, struct sy_span path, struct sy_span query, struct verification *ret)
{
	begin(app, ret);
	return finish(app, db, sy_link_parse_target(path, query, &ret->link, &ret->fault) == SY_OK, ret);
}

enum sy_err
verify_url(struct app *app, struct db *db, struct sy_span url, struct verification *ret)
{
	begin(app, ret);
	const struct sy_trust *trust = trust_now(app->trust);
	bool parsed = sy_link_parse(url, &ret->link, &ret->fault) == SY_OK;
	if (parsed && trust == NULL)
		return SY_ERR_UNAVAILABLE;
	/* A look-alike host is not ours, however good its token: kid 7 there is another's kid 7. */
	if (parsed && !sy_trust_has_host(trust, sy_span_str(ret->link.host)))
		ret->facts.foreign = "host-not-listed";
	else if (parsed && !ret->link.tls && !sy_authority_is_loopback(ret->link.host))
		ret->facts.foreign = "not-https";
	SY_TRY(finish(app, db, parsed, ret));
	enum sy_err err = verify_scans(db, ret);
	if (err != SY_OK)
		verify_done(app, ret);
	return err;
}

enum sy_err
verify_scans(struct db *db, struct verification *v)
{
	struct scan_count count;
	if (v->facts.serial != SERIAL_OURS)
		return SY_OK;
	SY_TRY(store_scan_get(db, v->link.own, v->link.item, v->facts.counter, &count));
	verify_counted(v, &count);
	return SY_OK;
}

void
verify_counted(struct verification *v, const struct scan_count *count)
{
	v->facts.scan = *count;
	verify_judge(&v->facts, &v->verdict);
}

void
verify_done(struct app *app, struct verification *v)
{
	if (v->facts.view != NULL)
		views_put(face_views(app->face), v->facts.view);
	v->facts.view = NULL;
}
