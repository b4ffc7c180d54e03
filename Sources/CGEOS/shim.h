// The reentrant interface only: functions that end in _r.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
