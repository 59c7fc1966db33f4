/* A door for one writer at a time, in order of arrival, with a bounded wait. Any thread. */
#ifndef STORE_GATE_H
#define STORE_GATE_H

#include <stdbool.h>

struct gate;

struct gate *gate_new(void);
void gate_free(struct gate **gate); /* nobody is inside or waits; NULL inside is allowed */

/* True when the caller is inside, alone; false when that took longer than `wait_ms`. */
bool gate_enter(struct gate *gate, int wait_ms);
void gate_leave(struct gate *gate);

#endif
