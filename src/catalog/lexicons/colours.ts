/**
 * Sixteen families of colours.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const COLOURS: string = `
black: jet black, matte black, ebony black, onyx black, noir, schwarz, negro, nero, zwart
white: ivory, snow white, off white, pearl white, alabaster, weiss, weiß, blanc, blanco, bianco, wit, snowy white, eggshell
grey: gray, charcoal, slate grey, slate gray, graphite, anthracite, gunmetal, ash grey, heather grey, heather gray, grau, gris, grigio, grijs, dove gray
brown: tan, chocolate brown, caramel, chestnut, mocha, cognac, coffee brown, espresso, cocoa brown, sienna, umber, braun, marron, marrón, marrone, bruin, walnut brown, mahogany brown, hazel, cinnamon brown, taupe
beige: cream colored, cream coloured, cream, khaki, sand colored, oatmeal colored, champagne, ecru, nude, camel, buff, creamy white, linen white
red: crimson, scarlet, burgundy, maroon, ruby, cherry red, cardinal red, brick red, oxblood, wine red, cranberry, rot, rouge, rojo, rosso, rood, bordeaux, vermilion, carmine
pink: blush, fuchsia, magenta, hot pink, rose pink, dusty rose, salmon pink, rosa, bubblegum, flamingo, baby pink
orange: coral, peach colored, tangerine, apricot colored, rust, terracotta orange, burnt orange, amber, pumpkin orange, arancione
yellow: mustard yellow, mustard, lemon yellow, canary, golden yellow, saffron, sunflower yellow, gelb, jaune, amarillo, giallo, geel, butter yellow
green: olive green, emerald, forest green, sage, sage green, mint green, lime green, moss green, hunter green, grün, vert, verde, groen, jade green, kelly green, chartreuse, pistachio green, seafoam, army green
blue: navy, navy blue, royal blue, sky blue, cobalt, indigo, azure, baby blue, cerulean, sapphire blue, denim blue, blau, bleu, azul, blauw, powder blue, midnight blue, periwinkle, ocean blue, cornflower
purple: violet, lavender, lilac, plum, mauve, eggplant, amethyst purple, aubergine, lila, viola, paars, orchid purple, grape purple, mulberry
turquoise: teal, aqua, cyan, aquamarine, türkis
gold: golden, gold tone, gold toned, rose gold, gilded, gold colored
silver: silver tone, silver toned, silvery, silver colored, silber
multicolour: multicolor, multicolored, multicoloured, multi color, colorful, colourful, rainbow, tie dye, tie dyed, kaleidoscope, bunt, technicolor
`;
