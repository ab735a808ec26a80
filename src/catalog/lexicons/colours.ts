/**
 * Sixteen families of colours.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const COLOURS: string = `
black: jet black, matte black, noir, schwarz, negro
white: ivory, snow white, off white, weiss, weiß, blanc, blanco
grey: gray, charcoal, slate grey, slate gray, graphite, anthracite, gunmetal, grau, gris
brown: tan, chocolate brown, caramel, chestnut, mocha, cognac, coffee brown, espresso, braun, marron, marrón, taupe
beige: cream colored, cream coloured, cream, khaki, sand colored, champagne, ecru, nude, camel, buff, creamy white
red: crimson, scarlet, burgundy, maroon, ruby, cherry red, brick red, oxblood, wine red, rot, rouge, rojo, bordeaux
pink: blush, fuchsia, magenta, hot pink, dusty rose, rosa, baby pink
orange: coral, tangerine, rust, burnt orange, amber
yellow: mustard yellow, mustard, lemon yellow, golden yellow, saffron, gelb, jaune, amarillo
green: olive green, emerald, forest green, sage, sage green, mint green, lime green, hunter green, grün, vert, verde, chartreuse, seafoam, army green
blue: navy, navy blue, royal blue, sky blue, cobalt, indigo, azure, baby blue, cerulean, sapphire blue, blau, bleu, azul, midnight blue, periwinkle
purple: violet, lavender, lilac, plum, mauve, eggplant, aubergine, mulberry
turquoise: teal, aqua, cyan, aquamarine
gold: golden, gold tone, gold toned, rose gold, gilded
silver: silver tone, silver toned, silvery
multicolour: multicolor, multicolored, multicoloured, colorful, colourful, rainbow, tie dye, tie dyed
`;
