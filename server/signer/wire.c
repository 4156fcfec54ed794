/* wire.c: frames. */
#include "schema/bytes.h"
