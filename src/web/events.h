/* Live events: browsers are told what changed, never the data.
 *
 * A use case writes a journal row; the row's number is the event's id. The hub reads new rows from
 * the journal in their order and tells each listener about those of its topics; so listeners see
 * no gap and no disorder, whichever thread, process or node wrote the row. A listener that lost its
 * connection comes back with the last id it saw and is told the rest, again from the journal.
 *
 *     id: 4711
 *     data: {"id":4711,"topic":"conference:9p3k…","noun":"step"}
 *
 * Several events may share an id (one row that concerns a conference and a list); only the last of
 * them carries the `id:` line, so that a connection lost between them repeats them all.
 */
#ifndef WEB_EVENTS_H
#define WEB_EVENTS_H

#include <stdint.h>

#include "base/str.h"

enum { EVENT_TOPICS = 8, EVENT_TOPIC_MAX = 64, EVENT_NOUN_MAX = 32 };

/* As hooks.events_after gives it: rows with an id above the one asked for, ascending, all events of
 * one id together or not at all; at most `max`. Texts live in the arena given. Topic and noun are
 * letters, digits and "-_:." (a topic names an id, never a person). */
struct event {
	int64_t id;
	struct str topic;
	struct str noun;
};

#endif
