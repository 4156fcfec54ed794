/* caller.c: names of the roles. */
#include "server/service/caller.h"

#include "schema/attr.h"

#include <stddef.h>
#include <string.h>

static const struct {
	unsigned role;
	const char *name;
} roles[] = {
    {ROLE_PROCESSOR, "processor"},
    {ROLE_INSPECTOR, "inspector"},
    {ROLE_CERTIFIER, "certifier"},
    {ROLE_REGULATOR, "regulator"},
    {ROLE_ADMINISTRATOR, "administrator"},
};

const char *
role_name(unsigned role)
{
	for (size_t i = 0; i < SY_LEN(roles); i++)
		if (roles[i].role == role)
			return roles[i].name;
	return "";
}

unsigned
role_parse(const char *name)
{
	for (size_t i = 0; name != NULL && i < SY_LEN(roles); i++)
		if (strcmp(roles[i].name, name) == 0)
			return roles[i].role;
	return 0;
}
