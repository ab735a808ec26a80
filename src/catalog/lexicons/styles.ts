/**
 * Styles and patterns.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const STYLES: string = `
modern: contemporary, moderne, modernes, moderno
mid century: mid century modern, midcentury
minimalist: minimalistic, minimal, clean lines, understated, pared back
classic: classical, timeless, traditional, klassisch, classique
vintage: retro, antique, old fashioned, nostalgic, heirloom, throwback, antiquated
art deco: art nouveau, gatsby
victorian: baroque, rococo, regency
rustic: farmhouse, country style, cottage, cottagecore, weathered, distressed
industrial: industrial chic, loft
bohemian: boho, boho chic, hippie, free spirited
scandinavian: nordic, scandi, hygge
japanese: zen, wabi sabi, oriental
coastal: nautical, seaside, beachy, maritime
tropical: hawaiian, island inspired
mediterranean: tuscan, spanish style
western: cowboy, cowgirl, rodeo, ranch
preppy: collegiate, ivy league
elegant: elegance, sophisticated, sophistication, refined, elegante
luxurious: luxury, luxe, opulent, lavish, deluxe, premium quality, designer
glamorous: glam, glamour, hollywood, sparkling, glitter, glittering, sequin, sequined, sequins, bling
romantic: romance, feminine, dainty
casual: laid back, relaxed fit, effortless
formal: dressy, tailored, smart casual, dress shoes
business: professional look, executive, corporate
sporty: athletic, athleisure, sportswear
streetwear: urban style, urban, street style, hip hop
punk: grunge, edgy, rocker, biker
gothic: goth, dark romantic
whimsical: playful, quirky, fun loving, fairytale, fairy tale, kawaii, novelty
eclectic: artistic, abstract, avant garde, one of a kind
sleek: streamlined, slim, slim fit
rugged: heavy duty, tough, robust
military: tactical, army style, field jacket
cozy: cosy, snug, plush, fluffy
geometric: chevron, hexagonal, hexagon, zigzag
striped: stripe, stripes, pinstripe, pinstriped
floral: flower print, floral print, botanical, flowery, floral pattern
plaid: tartan, checkered, checked, gingham, check pattern, buffalo check
polka dot: polka dots, dotted, spotty, spots, polkadot
paisley: damask, mandala
animal print: leopard, leopard print, zebra print, snakeskin, cheetah print
camouflage: camo
houndstooth: herringbone
embroidered: embroidery, hand embroidered
quilted: padded, tufted, patchwork
ombre: gradient
matte: matte finish, brushed finish
glossy: high gloss, polished, shiny
ornate: intricate, filigree, carved, intricately carved
steampunk: sci fi, futuristic
shabby chic: french country, provencal, french style
`;
