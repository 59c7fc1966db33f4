/* Packed facts: what goes in comes out, whatever it is; what is no fact is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/import_fact.h"
#include "base/arena.h"
#include "store/dossier.h"

/* Repeatable numbers. */
static uint64_t seed = 42;
static uint64_t dice(uint64_t sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % sides;
}

static struct str random_text(struct arena *a, size_t most, const char *letters)
{
	size_t n = dice(most + 1);
	char *p = arena_many(a, n, char);
	for (size_t i = 0; i < n; i++)
		p[i] = letters != NULL ? letters[dice(strlen(letters))] : (char)dice(256);
	return (struct str){p, n};
}

static struct str random_id(struct arena *a)
{
	static const char *const letters[] = {"0123456789", "0123456789abcdef", "0123456789ABCDEF", "XYZ-09", NULL};
	return random_text(a, DOSSIER_ID_MAX, letters[dice(5)]);
}

static struct dossier_fact random_fact(struct arena *a)
{
	struct dossier_fact f = {
		.kind = (enum dossier_kind)(1 + dice(DOSSIER_KIND_END - 1)),
		.id = random_id(a),
		.updated = dice(5) == 0 ? INSTANT_NONE : (struct instant){(int64_t)dice(1ULL << 45) - (1LL << 40)},
	};
	if (dice(2) == 0 && instant_known(f.updated))
		f.updated.ms -= f.updated.ms % 1000;
	const struct dossier_kind_row *kind = &dossier_kinds[f.kind];
	for (size_t i = 0; i < kind->fields_n; i++) {
		struct dossier_value *v = &f.values[i];
		v->known = dice(3) > 0;
		if (!v->known)
			continue;
		if (kind->fields[i].type == DOSSIER_INT)
			v->n = (int64_t)(dice(3) == 0 ? seed : dice(500));
		else if (kind->fields[i].type == DOSSIER_DAY)
			v->n = DAY_FIRST.n + (int64_t)dice((uint64_t)(DAY_LAST.n - DAY_FIRST.n + 1));
		else if (kind->fields[i].type == DOSSIER_ID)
			v->text = random_id(a);
		else
			v->text = random_text(a, dice(20) == 0 ? DOSSIER_TEXT_MAX : 60, NULL);
	}
	return f;
}

static void assert_str_equal(struct str a, struct str b)
{
	assert_int_equal(a.n, b.n);
	assert_true(str_eq(a, b));
}

static void assert_fact_equal(const struct dossier_fact *x, const struct dossier_fact *y)
{
	assert_int_equal(x->kind, y->kind);
	assert_str_equal(x->id, y->id);
	assert_true(x->updated.ms == y->updated.ms);
	const struct dossier_kind_row *kind = &dossier_kinds[x->kind];
	for (size_t i = 0; i < kind->fields_n; i++) {
		assert_int_equal(x->values[i].known, y->values[i].known);
		if (kind->fields[i].type == DOSSIER_INT || kind->fields[i].type == DOSSIER_DAY)
			assert_true(x->values[i].n == y->values[i].n);
		else
			assert_str_equal(x->values[i].text, y->values[i].text);
	}
}

static void test_round_trip(void **state)
{
	struct arena *a = *state;
	char packed[DOSSIER_PACKED_MAX];
	for (int i = 0; i < 20000; i++) {
		arena_reset(a);
		struct dossier_fact f = random_fact(a);
		struct str bytes = {packed, dossier_pack(&f, packed)};
		struct dossier_fact out;
		assert_true(dossier_unpack(bytes, &out));
		assert_fact_equal(&f, &out);
		assert_true(dossier_updated(bytes).ms == f.updated.ms);
		char key[DOSSIER_KEY_MAX];
		assert_str_equal(dossier_key(bytes), (struct str){key, dossier_key_put(f.kind, f.id, key)});
		/* Nothing shorter is a fact. */
		assert_false(dossier_unpack(str_sub(bytes, 0, bytes.n - 1), &out));
	}
}

/* Ids that are common in exports take the room they need and no more. */
static void test_size(void **state)
{
	static const struct {
		const char *id;
		size_t bytes; /* of the key */
	} cases[] = {
		{"7", 1 + 1},
		{"123456", 1 + 3},
		{"31a77b417911747e41ef9936f9a4b657", 1 + 1 + 16},
		{"31A77B417911747E41EF9936F9A4B657", 1 + 1 + 16},
		{"007", 1 + 1 + 3}, /* not the number 7 */
		{"E-1", 1 + 1 + 3},
		{"", 1 + 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char key[DOSSIER_KEY_MAX];
		assert_int_equal(dossier_key_put(DOSSIER_Exit, str_from(cases[i].id), key), cases[i].bytes);
	}
}

static void test_dossier(void **state)
{
	struct arena *a = *state;
	enum { FACTS = 50 };
	static char packed[FACTS][DOSSIER_PACKED_MAX];
	struct dossier_item items[FACTS];
	for (int round = 0; round < 100; round++) {
		arena_reset(a);
		struct instant exported = {(int64_t)dice(1ULL << 41)};
		struct buf b = buf_new(a, 8 << 20);
		dossier_begin(&b, exported);
		for (int i = 0; i < FACTS; i++) {
			struct dossier_fact f = random_fact(a);
			items[i] = (struct dossier_item){
				.packed = {packed[i], dossier_pack(&f, packed[i])},
				.exported = dice(2) == 0 ? exported : (struct instant){(int64_t)dice(1ULL << 41)},
				.gone = dice(2) == 0,
			};
			dossier_add(&b, exported, &items[i]);
		}
		struct dossier_reader d = dossier_open(buf_text(&b));
		struct dossier_item item;
		for (int i = 0; i < FACTS; i++) {
			assert_true(dossier_next(&d, &item));
			assert_str_equal(item.packed, items[i].packed);
			assert_true(item.exported.ms == items[i].exported.ms);
			assert_int_equal(item.gone, items[i].gone);
		}
		assert_false(dossier_next(&d, &item));
		assert_false(d.bad);
	}
}

/* Any bytes may be read: under the address sanitizer this finds what reads beyond them. */
static void test_hostile(void **state)
{
	struct arena *a = *state;
	size_t facts = 0;
	for (int round = 0; round < 60000; round++) {
		arena_reset(a);
		size_t n = dice(120);
		char *bytes = malloc(n + 1);
		assert_non_null(bytes);
		if (dice(2) == 0) {
			struct dossier_fact f = random_fact(a);
			static char packed[DOSSIER_PACKED_MAX];
			size_t size = dossier_pack(&f, packed);
			n = size < n ? size : n;
			memcpy(bytes, packed, n);
			if (n > 0)
				bytes[dice(n)] = (char)dice(256);
		} else {
			for (size_t i = 0; i < n; i++)
				bytes[i] = (char)dice(256);
		}
		struct dossier_fact f;
		facts += dossier_unpack((struct str){bytes, n}, &f);
		(void)dossier_key((struct str){bytes, n});
		(void)dossier_updated((struct str){bytes, n});
		if (n > 0)
			bytes[0] = 1;
		struct dossier_reader d = dossier_open((struct str){bytes, n});
		for (struct dossier_item item; dossier_next(&d, &item);)
			facts += dossier_unpack(item.packed, &f);
		free(bytes);
	}
	assert_true(facts > 100); /* the test has met real ones, too */
}

/* Every column that is loaded has a field; so nothing that is read is lost on the way to the database. */
static void test_columns(void **state)
{
	(void)state;
	for (int file = HMIS_Organization; file < HMIS_FILE_COUNT; file++) {
		enum dossier_kind kind = import_kind((enum hmis_file)file);
		assert_true(kind > 0 && kind < DOSSIER_KIND_END);
		const struct import_columns *columns = &import_columns[kind];
		assert_int_equal(columns->file, file);
		size_t found = 0;
		for (size_t c = 0; c < hmis_files[file].n; c++) {
			const struct hmis_column *column = &hmis_files[file].columns[c];
			bool apart = c == columns->id || c == columns->person || c == columns->enrollment ||
				     str_eq(column->name, S("DateUpdated")) || str_eq(column->name, S("DateDeleted"));
			size_t fields = 0;
			for (size_t i = 0; i < dossier_kinds[kind].fields_n; i++)
				if (columns->fields[i] == c) {
					fields++;
					assert_true(str_eq(dossier_kinds[kind].fields[i].name, column->name));
				}
			if (fields != (size_t)(column->load == HMIS_LOAD && !apart))
				fail_msg("%.*s %.*s is %s", STR_ARG(hmis_files[file].name), STR_ARG(column->name),
					 fields > 0 ? "kept, but not loaded" : "loaded, but not kept");
			found += fields;
		}
		assert_int_equal(found, dossier_kinds[kind].fields_n);
	}
}

static void test_hash(void **state)
{
	(void)state;
	/* Stored in databases: these numbers may never change. */
	assert_true(import_key(S("C-1")) == import_key(S("C-1")));
	assert_true(import_key(S("C-1")) != import_key(S("C-2")));
	assert_true(import_key(S("")) >> IMPORT_KEY_BITS == 0);
	uint64_t sum = 0;
	char text[40];
	memset(text, 'a', sizeof text);
	for (size_t n = 0; n <= sizeof text; n++)
		sum = sum * 31 + import_hash((struct str){text, n}, n);
	assert_true(sum == 0x9ff79db3443f234aU);
}

static int up(void **state)
{
	*state = arena_new("test", 64 << 20);
	return 0;
}

static int down(void **state)
{
	struct arena *a = *state;
	arena_free(&a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip), cmocka_unit_test(test_size),    cmocka_unit_test(test_dossier),
		cmocka_unit_test(test_hostile),    cmocka_unit_test(test_columns), cmocka_unit_test(test_hash),
	};
	return cmocka_run_group_tests_name("dossier", tests, up, down);
}
