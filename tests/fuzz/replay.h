/* Fuzz targets as ordinary tests.
 *
 * A target has the shape that libFuzzer and AFL know, so it can be fuzzed for days; replay.c gives
 * it a main that runs every file of a folder, each followed by mutations that are the same on
 * every run:
 *
 *     fuzz_tplc tests/fuzz/templates/corpus [ROUNDS]
 */
#ifndef FUZZ_REPLAY_H
#define FUZZ_REPLAY_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
