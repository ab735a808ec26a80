/**
 * Styles and patterns.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const STYLES: string = `
modern: contemporary
mid century: mid century modern, midcentury
minimalist: minimalistic, minimal, clean lines, understated
classic: classical, timeless, traditional
vintage: retro, antique, nostalgic
art deco: art nouveau
victorian: baroque, rococo
rustic: farmhouse, cottage, cottagecore, weathered, distressed
industrial: industrial chic, loft
bohemian: boho, boho chic, hippie
scandinavian: nordic, scandi
japanese: zen, wabi sabi
coastal: nautical, seaside
tropical: hawaiian
mediterranean: tuscan
western: cowboy, cowgirl, rodeo
preppy: collegiate
elegant: elegance, sophisticated, sophistication, refined
luxurious: luxury, luxe, deluxe, designer
glamorous: glam, glamour, sparkling, glitter, sequin, sequins
romantic: romance, feminine, dainty
casual: relaxed fit, effortless
formal: dressy, tailored, smart casual
business: executive, corporate
sporty: athletic, athleisure, sportswear
streetwear: urban style, urban, hip hop
punk: grunge, edgy, biker
gothic: goth
whimsical: playful, quirky, fairy tale, kawaii, novelty
eclectic: artistic, abstract
sleek: streamlined, slim, slim fit
rugged: heavy duty, tough, robust
military: tactical
cozy: cosy, snug, plush, fluffy
geometric: chevron
striped: stripe, stripes, pinstripe
floral: floral print, botanical
plaid: tartan, checkered, checked, gingham, buffalo check
polka dot: polka dots, dotted, spots
paisley: damask
animal print: leopard, leopard print, zebra print, snakeskin
camouflage: camo
houndstooth: herringbone
embroidered: embroidery
quilted: padded, tufted
ombre:
matte: matte finish
glossy: high gloss, polished, shiny
ornate: intricate, filigree, carved
shabby chic: french country
`;
