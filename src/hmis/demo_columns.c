#include "hmis/demo_columns.h"

#define X(file, column) "," #column
#define F(file) [DEMO_FILE_##file] = {#file, DEMO_##file(X), file##_COLUMNS},
const struct demo_file_shape demo_files[DEMO_FILE_COUNT] = {DEMO_FILES(F)};
#undef F
#undef X
