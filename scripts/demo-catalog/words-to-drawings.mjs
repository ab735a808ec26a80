/**
 * Words of foreign catalogs → the nearest drawing. Earlier lines win when two words match, so the
 * particular stands before the general. Words match whole, with or without plural s; a hyphen also
 * stands for a space between two words. What has no drawing of its own gets a plain parcel: a picture
 * of something else would be worse than none.
 */

/** @type {readonly (readonly [string, string])[]} drawing name, words */
const LINES = [
  [
    'parcel',
    'box boxes multi-tool multitool hammer axe pliers clipper clippers cable cables cord wire tissue cheese parmesan mozzarella butter-block razor shaving toothbrush swab blinds power-bank kitchen-accessories motorcycle vehicle automotive car electronics furniture dairy',
  ],
  ['clock', 'clock clocks timekeeper'],
  ['watch', 'tracker smartwatch watch watches'],
  ['keyboard', 'keyboard mouse'],
  ['piano', 'piano synthesizer organ'],
  ['monitor', 'monitor desktop computer computers printer'],
  ['phone', 'phone smartphone smartphones mobile tablet tablets iphone'],
  ['laptop', 'laptop laptops notebook-computer'],
  ['headphones', 'headphone headphones headset'],
  ['earbuds', 'earbud earbuds airpods earphones'],
  ['speaker', 'speaker loudspeaker audio radio karaoke'],
  ['camera', 'camera camcorder photography'],
  ['tv', 'tv television projector screen'],
  ['bulb', 'bulb led'],
  ['thermostat', 'thermostat heater'],
  ['doorbell', 'doorbell intercom alarm security'],
  ['robot', 'robot vacuum'],
  ['plug', 'plug charger adapter battery power'],
  ['hub', 'hub alexa assistant router'],
  ['dryer', 'dryer hairdryer'],
  ['floorlamp', 'floor-lamp lantern'],
  ['desklamp', 'desk-lamp'],
  ['lamp', 'lamp lamps headlamp flashlight lampshade light lighting light-holder'],
  ['officechair', 'office-chair'],
  ['armchair', 'armchair chair chairs stool seat'],
  ['sofa', 'sofa sofas couch loveseat daybed'],
  ['table', 'table tables sideboard'],
  ['desk', 'desk desks'],
  [
    'shelf',
    'bookcase shelf shelves cabinet chest dresser dressers vanity drawer drawers wardrobe storage',
  ],
  ['rug', 'rug rugs carpet doormat mat'],
  ['petbed', 'pet-bed dog cat puppy kitten pet pets'],
  ['bed', 'bed bedding duvet sheet sheets mattress'],
  ['pillow', 'pillow pillows cushion cushions'],
  ['blanket', 'blanket throw quilt'],
  ['towels', 'towel towels bath flannel'],
  ['knife', 'knife knives cutlery fork spoon spatula'],
  ['kettle', 'kettle teapot tea'],
  ['coffeemaker', 'coffee espresso coffeemaker blender mixer appliance appliances'],
  ['mug', 'mug mugs cup cups'],
  ['glass', 'glass tumbler tumblers goblet wineglass'],
  ['pot', 'oven saucepan casserole pot stockpot dutch fondue stove cooker grill'],
  ['plates', 'plate plates platter dish bowl bowls saucer tableware'],
  ['pan', 'pan pans cookware wok skillet'],
  ['board', 'board cutting tray meat'],
  ['bottle', 'bottle bottles flask thermos drink drinks beverage juice wine water'],
  [
    'cake',
    'cake cakes cakestand pastry pie biscuit cookie cookies dessert sweets chocolate candy energy-bar energy-bars donut ice-cream',
  ],
  ['bread', 'bread bakery baguette loaf toast roll rolls bagel croissant'],
  ['fish', 'fish seafood salmon shrimp fishing lure lobster'],
  [
    'produce',
    'fruit fruits vegetable vegetables apple apples tomato tomatoes potato potatoes berry berries orange lemon food grocery groceries',
  ],
  ['jar', 'yogurt milk parfait butter'],
  ['foodbag', 'snack snacks kibble cereal flour rice'],
  ['planter', 'planter flower flowers floral bouquet vase wreath'],
  ['plant', 'plant plants cactus succulent herb tree botanical'],
  ['wateringcan', 'watering gardening'],
  ['secateurs', 'secateurs shears pruner scissors'],
  ['deckchair', 'deckchair hammock lounger patio'],
  ['drill', 'drill screwdriver saw'],
  ['tool', 'tool tools wrench hardware toolbox'],
  ['birdhouse', 'birdhouse feeder'],
  ['tent', 'tent camping shelter'],
  ['sleepingbag', 'sleeping-bag sleeping'],
  ['backpack', 'backpack backpacks rucksack daypack luggage suitcase travel'],
  ['yogamat', 'yoga pilates'],
  ['dumbbell', 'dumbbell dumbbells weights fitness gym'],
  ['helmet', 'helmet climbing'],
  ['bike', 'bike bikes bicycle cycling'],
  ['ball', 'ball football basketball tennis golf cricket sport sports'],
  ['kite', 'kite'],
  ['boardgame', 'game games chess dominoes'],
  ['puzzle', 'puzzle jigsaw'],
  ['train', 'train railway truck'],
  ['teddy', 'teddy plush doll rabbit bear bunny'],
  ['blocks', 'blocks toy toys baby kids'],
  ['horn', 'trumpet flute saxophone clarinet harmonica wind horn brass-instrument trombone'],
  ['microphone', 'microphone mic'],
  ['guitar', 'guitar ukulele violin strings instrument instruments music'],
  ['turntable', 'turntable vinyl record'],
  ['drum', 'drum drums percussion'],
  ['ring', 'ring rings earring earrings'],
  ['necklace', 'necklace pendant bracelet bracelets jewellery jewelry'],
  ['sunglasses', 'sunglasses glasses eyewear'],
  ['goggles', 'goggles ski snowboard snowboarding kayaking kayak'],
  ['belt', 'belt belts buckle'],
  ['wallet', 'wallet purse wallets'],
  ['handbag', 'handbag clutch satchel'],
  ['basket', 'basket hamper'],
  ['bauble', 'ornament ornaments christmas bauble decoration decorations'],
  ['kit', 'aid emergency survival rescue surgery'],
  ['compass', 'compass navigation gps locator'],
  ['tote', 'tote bag bags shopper'],
  ['boot', 'boot boots'],
  ['sandal', 'sandal sandals slipper slippers heels flip-flops'],
  ['sneaker', 'shoe shoes oxford oxfords loafers sneaker sneakers footwear trainers'],
  ['beanie', 'beanie hat cap'],
  ['scarf', 'scarf shawl gloves'],
  ['socks', 'sock socks stockings'],
  ['dress', 'dress dresses skirt gown'],
  ['sweater', 'sweater jumper cardigan hoodie sweatshirt knitwear'],
  ['jacket', 'jacket jackets coat blazer parka'],
  ['trousers', 'trousers jeans pants shorts leggings'],
  ['tshirt', 't-shirt shirt shirts top tops blouse apparel clothing'],
  ['candle', 'candle candles incense'],
  ['perfume', 'perfume fragrance fragrances cologne'],
  ['lipstick', 'lipstick makeup mascara eyeshadow cosmetics nail-polish'],
  ['soap', 'soap'],
  ['pump', 'shampoo conditioner lotion wash hair'],
  ['jar', 'cream creams serum skincare skin beauty jam jar honey grooming'],
  ['cards', 'card cards envelope postcard'],
  ['cookbook', 'cookbook recipe'],
  ['notebook', 'notebook journal diary paper stationery'],
  ['pen', 'pen pens pencil pencils crayons'],
  ['guide', 'guide map atlas'],
  ['book', 'book books novel'],
  ['collar', 'collar leash'],
];

/** @type {Map<string, string>} */
const BY_WORD = new Map();
for (const [drawing, words] of LINES) {
  for (const word of words.split(' ')) if (!BY_WORD.has(word)) BY_WORD.set(word, drawing);
}

/** @param {string} text any words @returns {string[]} lower case, compounds whole and in parts */
function wordsOf(text) {
  const words = text.toLowerCase().match(/[a-z]+(?:-[a-z]+)*/g) ?? [];
  return words.flatMap((word) => (word.includes('-') ? [word, ...word.split('-')] : [word]));
}

/** @type {(word: string) => string | undefined} */
const meaning = (word) => BY_WORD.get(word) ?? BY_WORD.get(word.replace(/s$/, ''));

/**
 * English names a thing with its last noun: the last word that means something wins, pairs first.
 *
 * @param {readonly string[]} words lower case
 * @returns {string | undefined} drawing
 */
function lastMeaning(words) {
  const found = words.map((word, i) => meaning(`${words[i - 1]}-${word}`) ?? meaning(word));
  return found.findLast((drawing) => drawing !== undefined);
}

/**
 * The two words that name the thing: an adjective before them says little about its shape.
 *
 * @type {(head: string) => string}
 */
const lastWords = (head) => head.trim().split(' ').slice(-2).join(' ');

/**
 * Nearest drawing for a record of any catalog: the last word of the title's head, then the category from
 * special to general, then any word of the title, then the tags.
 *
 * @param {import('./catalog-types.mjs').CatalogItem} item any record
 * @returns {string} a drawing name; `parcel` when no word is known
 */
export function drawingFor(item) {
  const title = typeof item.title === 'string' ? item.title : '';
  // What follows these words says what it is like or for, not what it is.
  const head = title.split(/ (?:with|for|in|from|and) |[,:(]/)[0] ?? '';
  const path = Array.isArray(item.categoryPath) ? item.categoryPath.map(String) : [];
  const tags = Array.isArray(item.tags) ? item.tags.map(String) : [];
  const places = [lastWords(head), ...path.toReversed(), head, title, ...tags];
  for (const place of places) {
    const found = lastMeaning(wordsOf(place));
    if (found) return found;
  }
  return 'parcel';
}
