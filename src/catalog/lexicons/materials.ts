/**
 * What items are made of.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const MATERIALS: string = `
leather: genuine leather, full grain leather, nappa, cowhide, lambskin, leder, cuir, cuero
faux leather: vegan leather, pu leather, leatherette, leather look, kunstleder
suede: nubuck, faux suede
patent leather:
shearling: sheepskin, sherpa
fur: faux fur
cotton: organic cotton, egyptian cotton, baumwolle
linen:
wool: lambswool, woolen, woollen, wolle
merino: merino wool
cashmere:
alpaca: mohair
silk: silken
satin: sateen
velvet: velour
denim: jeans, chambray
canvas:
corduroy:
flannel:
fleece: polar fleece
tweed:
lace: lacy
tulle: chiffon, organza
crochet: macrame, macramé
felt:
polyester: recycled polyester
nylon: cordura
spandex: elastane, lycra
neoprene:
viscose: rayon, modal, lyocell, tencel
microfiber: microfibre
mesh:
~down: goose down, down filled, down jacket, down insulated, down comforter
gore tex: goretex
hemp: jute, burlap
straw: raffia, seagrass
rattan: wicker
bamboo:
cork:
wood: wooden, solid wood, hardwood, driftwood
oak:
walnut:
teak:
mahogany: rosewood
pine: knotty pine
maple: birch, beech, ash wood, cedar
acacia: mango wood
ebony:
plywood: mdf
paper: cardboard
stainless steel: inox
carbon steel:
steel: forged steel
iron: wrought iron
cast iron:
aluminum: aluminium, alloy
titanium:
copper:
brass:
bronze:
chrome: chromed
pewter: zinc
metal: metallic, wire frame
~gold: solid gold, 14k gold, 18k gold, gold plated, yellow gold, 14k, 18k
~silver: sterling silver, silver plated
platinum:
diamond: diamonds, cubic zirconia, rhinestone
pearl: pearls, mother of pearl
gemstone: gemstones, sapphire, amethyst, opal, garnet, jade, onyx, moonstone
crystal: crystals, swarovski
bead: beads, beaded
glass: tempered glass, stained glass, blown glass, borosilicate
ceramic: ceramics, stoneware, earthenware, porcelain, bone china, pottery
terracotta: terra cotta
clay:
stone: natural stone, slate
marble:
granite:
concrete:
plastic: polypropylene
acrylic: plexiglass
resin: epoxy
silicone:
rubber: latex
foam: eva foam
memory foam:
carbon fiber: carbon fibre, kevlar
fiberglass: fibreglass
wax: beeswax
vinyl: pvc
wire: wires
fabric: textile, upholstered
feather: feathers
enamel: enameled
`;
