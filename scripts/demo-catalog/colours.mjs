/**
 * Colour words and natural material colours of the demo shop, and the mixing that pictures use.
 */

/**
 * Colour word → hex. The words appear in titles and descriptions as they stand.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const COLOURS = {
  black: '#33363d',
  charcoal: '#4b505a',
  slate: '#66727f',
  grey: '#9aa1a9',
  silver: '#c2c9d1',
  white: '#f5f4f0',
  ivory: '#f1e8d5',
  cream: '#efe0c0',
  sand: '#dcc7a1',
  stone: '#bfb4a3',
  caramel: '#b97b42',
  cognac: '#9e5c30',
  chestnut: '#7f4c31',
  brown: '#6b4a38',
  terracotta: '#c76e4d',
  rust: '#b5572f',
  coral: '#ee8069',
  blush: '#edbbb1',
  rose: '#d87f8f',
  raspberry: '#b83b5e',
  burgundy: '#7d2b3d',
  red: '#cb4040',
  orange: '#e98d3a',
  mustard: '#d6a536',
  yellow: '#f1ca50',
  olive: '#82844a',
  sage: '#9db08d',
  moss: '#71824c',
  'forest green': '#33624a',
  mint: '#a6d6c0',
  teal: '#318b8b',
  petrol: '#235d6e',
  'sky blue': '#8cc0e6',
  'denim blue': '#4d719e',
  cobalt: '#345ab6',
  navy: '#2b3b62',
  lavender: '#b5a6d7',
  plum: '#714270',
};

/**
 * Last word of a material → its natural colour. Longer keys are tried first.
 *
 * @type {Readonly<Record<string, string>>}
 */
const MATERIAL_COLOURS = {
  'cast iron': '#4a4c50',
  'carbon steel': '#565b63',
  'stainless steel': '#b7bfc8',
  'powder-coated steel': '#6d7680',
  'recycled paper': '#d9c9a8',
  oak: '#cba26c',
  walnut: '#80573c',
  beech: '#dcb98b',
  bamboo: '#d8bb7a',
  pine: '#e0bf8a',
  ash: '#d9c5a3',
  birch: '#e3cda6',
  cherry: '#a9633f',
  maple: '#d7a56a',
  spruce: '#dcae6e',
  cedar: '#b5794d',
  mahogany: '#7c4029',
  acacia: '#a06f43',
  teak: '#aa7642',
  rattan: '#cfa96d',
  seagrass: '#bfa468',
  jute: '#c4a472',
  steel: '#b4bcc6',
  copper: '#c77f56',
  brass: '#c9a34f',
  aluminium: '#c4cad2',
  gold: '#dab456',
  silver: '#c6cdd5',
  platinum: '#d3d6da',
  titanium: '#a6abb1',
  marble: '#e3e0db',
  concrete: '#aaa8a3',
  glass: '#bcdbe2',
  cork: '#c69a6c',
  leather: '#9a6540',
  ceramic: '#e6ddcf',
  stoneware: '#cbbfae',
  porcelain: '#f0eeea',
  earthenware: '#c8825f',
  rubber: '#4d5056',
  plastic: '#d5d8dc',
  cotton: '#ece5d8',
  linen: '#ddd0b8',
  wool: '#ddd3c2',
  felt: '#a9a39b',
};

const MATERIAL_KEYS = Object.keys(MATERIAL_COLOURS).sort((a, b) => b.length - a.length);

/**
 * Natural colour of a material named in words.
 *
 * @param {string} material such as `brushed oak`
 * @returns {string | undefined} hex; `materialHex('oiled walnut') // '#80573c'`
 */
export function materialHex(material) {
  const key = MATERIAL_KEYS.find((name) => material.includes(name));
  return key === undefined ? undefined : MATERIAL_COLOURS[key];
}

/** @param {string} hex six digits @returns {readonly [number, number, number]} 0 to 255 */
function channels(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * Mixes two colours linearly.
 *
 * @param {string} from hex of six digits
 * @param {string} to hex of six digits
 * @param {number} share of `to`, 0 to 1
 * @returns {string} hex; `mix('#000000', '#ffffff', 0.5) // '#808080'`
 */
export function mix(from, to, share) {
  const [red, green, blue] = channels(from);
  const [toRed, toGreen, toBlue] = channels(to);
  /** @type {(start: number, end: number) => string} */
  const blend = (start, end) =>
    Math.round(start + (end - start) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${blend(red, toRed)}${blend(green, toGreen)}${blend(blue, toBlue)}`;
}

/**
 * Perceived lightness of a colour.
 *
 * @param {string} hex six digits
 * @returns {number} 0 (black) to 1 (white)
 */
export function lightness(hex) {
  const [red, green, blue] = channels(hex);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
