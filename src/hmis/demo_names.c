#include "hmis/demo_names.h"

#include <string.h>

const char *const demo_name_first[NAME_FIRST] = {
	"Sorrel",    "Tansy",       "Bramble",     "Yarrow",    "Fescue",    "Sedge",     "Bracken",   "Lichen",
	"Teasel",    "Campion",     "Catkin",      "Cattail",   "Chicory",   "Clover",    "Comfrey",   "Cowslip",
	"Fennel",    "Foxglove",    "Gorse",       "Harebell",  "Hawkbit",   "Knapweed",  "Larkspur",  "Lupine",
	"Mallow",    "Milkweed",    "Mugwort",     "Nettle",    "Oxlip",     "Pimpernel", "Plantain",  "Ragwort",
	"Samphire",  "Speedwell",   "Sumac",       "Tamarack",  "Thistle",   "Toadflax",  "Vetch",     "Woodruff",
	"Agate",     "Azurite",     "Basalt",      "Calcite",   "Chert",     "Cinnabar",  "Dolomite",  "Feldspar",
	"Flint",     "Fluorite",    "Gabbro",      "Galena",    "Garnet",    "Gneiss",    "Granite",   "Gypsum",
	"Jadeite",   "Kyanite",     "Lazurite",    "Malachite", "Marl",      "Mica",      "Obsidian",  "Olivine",
	"Peridot",   "Pumice",      "Pyrite",      "Quartz",    "Schist",    "Shale",     "Slate",     "Talc",
	"Tektite",   "Topaz",       "Travertine",  "Tuff",      "Zircon",    "Breeze",    "Cirrus",    "Cumulus",
	"Drizzle",   "Flurry",      "Fog",         "Gale",      "Graupel",   "Gust",      "Haboob",    "Hail",
	"Mistral",   "N\u00e9bula", "Nimbus",      "Rime",      "Sirocco",   "Sleet",     "Squall",    "Stratus",
	"Thaw",      "Tramontane",  "Z\u00e9phyr", "Bittern",   "Bobolink",  "Bunting",   "Curlew",    "Dipper",
	"Dotterel",  "Dunlin",      "Fulmar",      "Godwit",    "Grebe",     "Killdeer",  "Kittiwake", "Lapwing",
	"Phalarope", "Pipit",       "Plover",      "Siskin",    "Turnstone", "Veery",     "Whimbrel",  "Wigeon",
};

const char *const demo_name_heads[NAME_HEADS] = {
	"Thimble", "Quill",   "Puddle",  "Bramble",  "Ember",  "Moss",    "Tinder", "Lantern", "Kettle",  "Button",
	"Acorn",   "Barley",  "Bellow",  "Biscuit",  "Bobbin", "Brindle", "Candle", "Cinder",  "Cobble",  "Copper",
	"Crumb",   "Dapple",  "Dew",     "Drift",    "Fern",   "Fiddle",  "Frost",  "Gingham", "Glimmer", "Gravel",
	"Harrow",  "Hazel",   "Heather", "Hinge",    "Inkle",  "Kindle",  "Ladle",  "Lichen",  "Maple",   "Marrow",
	"Mitten",  "Mottle",  "Nettle",  "Nutmeg",   "Pebble", "Pepper",  "Pickle", "Quince",  "Ripple",  "Saddle",
	"Satchel", "Shingle", "Spindle", "Sprocket", "Tallow", "Tangle",  "Turnip", "Velvet",  "Whistle", "Y\u00e1rrow",
};

const char *const demo_name_tails[NAME_TAILS] = {
	"feather", "wick",   "latch",   "kettle", "lantern", "bucket",  "whistle", "thimble", "button", "candle",
	"basket",  "bellow", "bobbin",  "bonnet", "bramble", "broom",   "burrow",  "clasp",   "clover", "cobbler",
	"cricket", "dapple", "fiddle",  "flask",  "fritter", "garland", "gosling", "hatch",   "hinge",  "jug",
	"ladder",  "mallet", "marble",  "mitten", "muffin",  "needle",  "paddle",  "pebble",  "pocket", "quilt",
	"ribbon",  "saddle", "shutter", "skein",  "sparrow", "teapot",  "trundle", "wimple",
};

const char *const demo_name_prefixes[NAME_PREFIXES] = {"O'", "D'", "von ", "de la "};
const char *const demo_name_suffixes[NAME_SUFFIXES] = {"Jr.", "Sr.", "II", "III"};

const char *const demo_place_heads[PLACE_HEADS] = {
	"Lark",   "Brindle", "Thimble", "Quill",   "Ember", "Tansy",
	"Plover", "Pebble",  "Saffron", "Drizzle", "Moth",  "Cinder",
};
const char *const demo_place_tails[PLACE_TAILS] = {
	"mere", "wick", "hollow", "fen", "dell", "moor", "reach", "barrow", "shaw",
};

static void name_add(struct demo_name *name, const char *part)
{
	size_t n = strlen(part);
	if (n > sizeof(name->s) - name->n)
		n = sizeof(name->s) - name->n;
	memcpy(name->s + name->n, part, n);
	name->n += n;
}

struct demo_name demo_name_first_make(struct dice *d)
{
	struct demo_name name = {0};
	name_add(&name, demo_name_first[dice_below(d, NAME_FIRST)]);
	int oddity = dice_below(d, 100);
	if (oddity < 6) {
		name_add(&name, "-");
		name_add(&name, demo_name_first[dice_below(d, NAME_FIRST)]);
	} else if (oddity == 6) {
		name_add(&name, " \"");
		name_add(&name, demo_name_first[dice_below(d, NAME_FIRST)]);
		name_add(&name, "\"");
	}
	return name;
}

static void add_compound(struct demo_name *name, struct dice *d)
{
	name_add(name, demo_name_heads[dice_below(d, NAME_HEADS)]);
	name_add(name, demo_name_tails[dice_below(d, NAME_TAILS)]);
}

struct demo_name demo_name_last_make(struct dice *d)
{
	struct demo_name name = {0};
	int oddity = dice_below(d, 100);
	if (oddity < 4)
		name_add(&name, demo_name_prefixes[oddity]);
	add_compound(&name, d);
	if (oddity >= 4 && oddity < 14) {
		name_add(&name, "-");
		add_compound(&name, d);
	} else if (oddity == 14) {
		name_add(&name, ", ");
		name_add(&name, demo_name_suffixes[dice_below(d, NAME_SUFFIXES)]);
	}
	return name;
}

struct demo_name demo_name_place(int i)
{
	struct demo_name name = {0};
	name_add(&name, demo_place_heads[i / PLACE_TAILS]);
	name_add(&name, demo_place_tails[i % PLACE_TAILS]);
	return name;
}
