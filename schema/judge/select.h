/* select.h: which row judges an item (domain 3.3 rules 7 and 9): exact category,
 * most specific first, its market, its declared standard and grade, in force on
 * the day of production. Never the flagship group, never part of a name. */
#ifndef SY_SCHEMA_JUDGE_SELECT_H
#define SY_SCHEMA_JUDGE_SELECT_H

#include "schema/reference/reference.h"

#define SY_SELECT_CATEGORIES_MAX 12

struct sy_query {
	const char *category[SY_SELECT_CATEGORIES_MAX]; /* most specific first */
	size_t categories;
	bool disagree; /* the product's categories are no line from narrow to broad */
	const char *analyte; /* canonical */
	const char *market;
	const char *standard; /* declared; NULL if none */
	const char *grade;
	int32_t day; /* of production */
};

enum sy_selected {
	SY_SELECTED_ONE, /* *ret decides */
	SY_SELECTED_REFERENCE, /* *ret is shown and decides nothing */
	SY_SELECTED_NONE,
	SY_SELECTED_NONE_ON_DAY,
	SY_SELECTED_NOT_DECLARED,
	SY_SELECTED_SEVERAL,
	SY_SELECTED_UNVERIFIED_FIRST, /* a more specific row is unverified: the broader may not judge */
};

/* Adds the product's next category, and before it those of the table that lie between
 * (who lists 菠菜 and 新鲜蔬菜 means 叶菜蔬菜 too). A category that is not broader than
 * the one before it would bring another food's limits: sets disagree. */
void sy_select_category(struct sy_query *q, const char *name);
/* *retrank: index of the category it was found under. Rows are given so that tests can bring their own. */
enum sy_selected sy_select_limit(const struct sy_limit *rows, size_t count, const struct sy_query *q, const struct sy_limit **ret,
    size_t *retrank);

#endif
