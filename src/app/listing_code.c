#include "app/listing_code.h"

#include <string.h>

#include "base/arena.h"
#include "base/id.h"

/* In the order of the alphabet. */
static const char *const words[] = {
	"Abacus",   "Acorn",   "Adobe",   "Agate",      "Alcove",      "Alder",     "Algae",   "Alloy",    "Almanac",
	"Almond",   "Alpine",  "Ampere",  "Anchor",     "Antler",      "Anvil",     "Apple",   "Apricot",  "Apron",
	"Aquifer",  "Arbor",   "Archway", "Armoire",    "Arrow",       "Aspen",     "Atlas",   "Autumn",   "Avenue",
	"Awning",   "Axle",    "Azure",   "Badge",      "Bagel",       "Bakery",    "Ballad",  "Balsam",   "Bamboo",
	"Banjo",    "Banner",  "Barley",  "Barrel",     "Basalt",      "Basin",     "Basket",  "Bassoon",  "Bayou",
	"Beach",    "Beacon",  "Beaker",  "Beaver",     "Beech",       "Bellows",   "Beret",   "Berry",    "Bicycle",
	"Binder",   "Birch",   "Biscuit", "Bison",      "Blossom",     "Bluff",     "Boat",    "Bonfire",  "Bough",
	"Bow",      "Bracket", "Bramble", "Branch",     "Brass",       "Breeze",    "Brick",   "Bridge",   "Brocade",
	"Bronze",   "Brook",   "Broom",   "Bucket",     "Buffalo",     "Bugle",     "Bulb",    "Bunting",  "Burlap",
	"Button",   "Cabbage", "Cable",   "Caboose",    "Cactus",      "Calico",    "Camel",   "Camera",   "Candle",
	"Canoe",    "Canopy",  "Canvas",  "Canyon",     "Caper",       "Capstan",   "Caramel", "Carousel", "Carrot",
	"Cart",     "Cascade", "Cashew",  "Catalpa",    "Cattail",     "Cave",      "Cedar",   "Celery",   "Cello",
	"Chalk",    "Channel", "Chapter", "Cherry",     "Chickadee",   "Chicory",   "Chime",   "Chisel",   "Chutney",
	"Cinder",   "Circle",  "Citron",  "Clock",      "Cloud",       "Clove",     "Clover",  "Coast",    "Cobalt",
	"Cobbler",  "Cocoa",   "Coconut", "Comet",      "Compass",     "Condor",    "Cone",    "Copper",   "Cork",
	"Corn",     "Cornet",  "Cotton",  "Cove",       "Crane",       "Crater",    "Creek",   "Crocus",   "Crystal",
	"Cumin",    "Cupola",  "Currant", "Curtain",    "Cushion",     "Cymbal",    "Cypress", "Daffodil", "Deck",
	"Deer",     "Denim",   "Desk",    "Dew",        "Dewdrop",     "Dock",      "Dolphin", "Dome",     "Domino",
	"Dove",     "Drift",   "Drizzle", "Drum",       "Dune",        "Dusk",      "Eagle",   "Easel",    "Echo",
	"Eggplant", "Egret",   "Elk",     "Elm",        "Emerald",     "Engine",    "Ermine",  "Estuary",  "Evening",
	"Fable",    "Falcon",  "Falls",   "Feather",    "Fence",       "Fennel",    "Ferry",   "Fescue",   "Fiddle",
	"Field",    "Fig",     "Finch",   "Fir",        "Firefly",     "Fjord",     "Flag",    "Flannel",  "Flax",
	"Fleece",   "Flint",   "Flute",   "Fog",        "Forest",      "Forge",     "Frame",   "Freesia",  "Frost",
	"Furrow",   "Gable",   "Gate",    "Gazelle",    "Geode",       "Geyser",    "Gingham", "Glacier",  "Glade",
	"Glass",    "Globe",   "Gondola", "Gooseberry", "Gorge",       "Grain",     "Granite", "Grape",    "Grass",
	"Gravel",   "Grotto",  "Grouse",  "Grove",      "Guitar",      "Gull",      "Halibut", "Harbor",   "Harp",
	"Harvest",  "Hawk",    "Hay",     "Hearth",     "Hedge",       "Helm",      "Heron",   "Herring",  "Hickory",
	"Hill",     "Hinge",   "Horizon", "Horse",      "Huckleberry", "Ibex",      "Ibis",    "Icicle",   "Indigo",
	"Ink",      "Inkwell", "Inlet",   "Island",     "Ivory",       "Jackdaw",   "Jar",     "Jetty",    "Jigsaw",
	"Jonquil",  "Journal", "Jug",     "Kayak",      "Kelp",        "Kernel",    "Ketch",   "Kettle",   "Kingfisher",
	"Kite",     "Kiwi",    "Knoll",   "Ladder",     "Lagoon",      "Lake",      "Lamp",    "Larch",    "Lark",
	"Lasso",    "Leaf",    "Ledge",   "Lemon",      "Lentil",      "Letter",    "Lever",   "Lichen",   "Lilac",
	"Lime",     "Linen",   "Log",     "Loom",       "Loon",        "Lotus",     "Lupine",  "Lute",     "Lynx",
	"Macaw",    "Magma",   "Magnet",  "Magpie",     "Mango",       "Mantle",    "Maple",   "Market",   "Marlin",
	"Marsh",    "Mast",    "Meadow",  "Melon",      "Mesa",        "Meteor",    "Mica",    "Mill",     "Mint",
	"Mirror",   "Mist",    "Mitten",  "Moon",       "Moose",       "Mortar",    "Mosaic",  "Moss",     "Museum",
	"Muslin",   "Needle",  "Nest",    "Newt",       "Nickel",      "Nook",      "Noon",    "Nova",     "Nutmeg",
	"Oak",      "Oar",     "Oasis",   "Oat",        "Oboe",        "Ocean",     "Ocher",   "Octave",   "Onion",
	"Onyx",     "Orange",  "Orbit",   "Orchid",     "Oriole",      "Osprey",    "Otter",   "Oven",     "Owl",
	"Oxbow",    "Oyster",  "Paddle",  "Page",       "Palm",        "Panel",     "Papaya",  "Paper",    "Parade",
	"Parcel",   "Park",    "Patch",   "Path",       "Peach",       "Peak",      "Peanut",  "Pear",     "Pebble",
	"Pecan",    "Pencil",  "Peony",   "Pepper",     "Petal",       "Piano",     "Pier",    "Pigeon",   "Pillar",
	"Pine",     "Plaid",   "Planet",  "Plank",      "Plate",       "Plaza",     "Plover",  "Plum",     "Pocket",
	"Pomelo",   "Pond",    "Poplar",  "Portal",     "Prism",       "Puffin",    "Pulley",  "Pumice",   "Puzzle",
	"Quail",    "Quarry",  "Quartz",  "Quill",      "Quilt",       "Quince",    "Quiver",  "Rabbit",   "Radish",
	"Raft",     "Rail",    "Rain",    "Ranch",      "Rapids",      "Raspberry", "Reef",    "Ribbon",   "Ridge",
	"River",    "Road",    "Rocket",  "Rooster",    "Rope",        "Rudder",    "Rug",     "Saddle",   "Sail",
	"Salmon",   "Sand",    "Satin",   "Scarf",      "Scroll",      "Seal",      "Sesame",  "Shale",    "Shelf",
	"Shell",    "Shore",   "Silver",  "Slate",      "Sleet",       "Sloop",     "Snow",    "Sofa",     "Song",
	"Spade",    "Spruce",  "Squash",  "Stair",      "Steam",       "Steel",     "Stone",   "Stool",    "Stork",
	"Stove",    "Straw",   "Stream",  "String",     "Sugar",       "Sunset",    "Swan",    "Table",    "Talon",
	"Teal",     "Teapot",  "Thrush",  "Thyme",      "Tide",        "Tile",      "Timber",  "Tinsel",   "Tomato",
	"Topaz",    "Torch",   "Tower",   "Trail",      "Train",       "Tram",      "Trout",   "Tulip",    "Tundra",
	"Tunnel",   "Turnip",  "Turtle",  "Twig",       "Upland",      "Valley",    "Vane",    "Vase",     "Velvet",
	"Vine",     "Violin",  "Vista",   "Wagon",      "Walnut",      "Walrus",    "Water",   "Wave",     "Wharf",
	"Wheat",    "Wheel",   "Wicket",  "Willet",     "Windmill",    "Window",    "Wing",    "Winter",   "Wool",
	"Yarn",     "Yarrow",  "Yew",     "Yucca",      "Zebra",       "Zenith",    "Zephyr",  "Zinc"};
_Static_assert(sizeof words / sizeof words[0] == LISTING_WORDS, "the number of words");

static size_t numbers_of(int digits)
{
	return digits == 4 ? 9000 : 90000;
}

static size_t first_number(int digits)
{
	return digits == 4 ? 1000 : 10000;
}

void listing_codes_new(struct arena *a, size_t households, struct listing_codes *out)
{
	out->digits = households < LISTING_WORDS * numbers_of(4) / 2 ? 4 : 5;
	out->taken = arena_many(a, LISTING_WORDS * numbers_of(out->digits) / 8, unsigned char);
	out->n = 0;
}

static bool word_index(struct str word, size_t *out)
{
	size_t low = 0;
	size_t high = LISTING_WORDS;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = str_cmp(str_from(words[mid]), word);
		if (order == 0) {
			*out = mid;
			return true;
		}
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static bool take(struct listing_codes *c, size_t word, size_t number)
{
	size_t bit = word * numbers_of(c->digits) + number;
	if ((c->taken[bit / 8] >> bit % 8 & 1) != 0)
		return false;
	c->taken[bit / 8] = (unsigned char)(c->taken[bit / 8] | 1 << bit % 8);
	c->n++;
	return true;
}

void listing_code_take(struct listing_codes *c, struct str code)
{
	struct str word;
	struct str digits;
	size_t index;
	int64_t number;
	str_cut(code, ' ', &word, &digits);
	if (word_index(word, &index) && str_to_i64(digits, &number) && (int)digits.n == c->digits)
		take(c, index, (size_t)number - first_number(c->digits));
}

struct str listing_code_of(struct arena *a, uint32_t word, uint32_t number, int digits)
{
	return str_fmt(a, "%s %zu", words[word % LISTING_WORDS], number % numbers_of(digits) + first_number(digits));
}

struct str listing_code_draw(struct listing_codes *c, struct arena *a)
{
	for (;;) {
		uint32_t random[2];
		random_bytes(random, sizeof random);
		size_t word = random[0] % LISTING_WORDS;
		size_t number = random[1] % numbers_of(c->digits);
		if (take(c, word, number))
			return listing_code_of(a, (uint32_t)word, (uint32_t)number, c->digits);
	}
}

struct str listing_word_draw(const struct str *taken, size_t n)
{
	bool used[LISTING_WORDS] = {false};
	size_t free_n = LISTING_WORDS;
	for (size_t i = 0; i < n; i++) {
		struct str word, rest;
		size_t index;
		str_cut(taken[i], ' ', &word, &rest);
		if (!word_index(word, &index) || used[index])
			continue;
		used[index] = true;
		free_n--;
	}
	if (free_n == 0)
		return (struct str){0};
	uint32_t random;
	random_bytes(&random, sizeof random);
	size_t left = random % free_n;
	size_t at = 0;
	while (used[at] || left-- > 0)
		at++;
	return str_from(words[at]);
}
