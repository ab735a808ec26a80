/**
 * What items are made of.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const MATERIALS: string = `
leather: genuine leather, real leather, full grain leather, top grain leather, nappa, calfskin, cowhide, lambskin, leder, cuir, cuero, pelle
faux leather: vegan leather, synthetic leather, imitation leather, pu leather, leatherette, leather look, kunstleder
suede: nubuck, faux suede
patent leather:
shearling: sheepskin, sherpa
fur: faux fur
cotton: organic cotton, pima cotton, egyptian cotton, cotton blend, baumwolle, coton, algodon, algodón, cotone, katoen
linen: leinen, lino
wool: lambswool, wollen, laine, lana, woolen, woollen, wolle
merino: merino wool
cashmere: kashmir
alpaca: mohair
silk: silken, mulberry silk, seide, soie, seta
satin: sateen
velvet: velour, samt
denim: jeans, chambray
canvas: waxed canvas
corduroy: cord
flannel:
fleece: polar fleece
tweed: houndstooth tweed
lace: lacy
tulle: chiffon, organza
jersey:
crochet: macrame, macramé
felt:
polyester: recycled polyester
nylon: cordura
spandex: elastane, lycra
neoprene:
viscose: rayon, modal, lyocell, tencel
microfiber: microfibre
mesh:
~down: goose down, duck down, down filled, down fill, down jacket, down insulated, down insulation, down comforter, down pillow
gore tex: goretex
hemp: jute, burlap
straw: raffia, seagrass
rattan: wicker, rush
bamboo:
cork:
wood: wooden, solid wood, hardwood, holz, bois, madera, legno, hout, wood grain, reclaimed wood, driftwood, timber
oak: solid oak
walnut: walnut wood
teak:
mahogany: rosewood
pine: pine wood, pinewood, knotty pine
maple: maple wood, birch, beech, ash wood, cedar
acacia: mango wood
ebony:
plywood: mdf, particle board
paper: cardboard, papier, kraft paper
stainless steel: edelstahl, inox, acier inoxydable
carbon steel: high carbon steel
steel: chrome vanadium, forged steel, acier
iron: wrought iron
cast iron:
aluminum: aluminium, alloy
titanium:
copper: kupfer
brass: messing
bronze:
chrome: chromed
pewter: zinc
metal: metallic, metall, metalen, wire frame
~gold: solid gold, 14k gold, 18k gold, 10k gold, 24k gold, gold plated, gold filled, gold vermeil, yellow gold, 14k, 18k, 14 karat, 18 karat
~silver: sterling silver, 925 silver, silver plated, solid silver
platinum:
diamond: diamonds, cubic zirconia, rhinestone, rhinestones
pearl: pearls, mother of pearl
gemstone: gemstones, ruby stone, sapphire, amethyst, opal, garnet, jade, onyx, moonstone, semi precious
crystal: crystals, swarovski
bead: beads, beaded
glass: tempered glass, stained glass, blown glass, borosilicate, glas, verre, vidrio, vetro
ceramic: ceramics, stoneware, earthenware, porcelain, keramik, bone china, pottery, glazed clay
terracotta: terra cotta
clay:
stone: natural stone, slate
marble: marbled stone
granite:
concrete: cement
plastic: abs plastic, polypropylene, kunststoff, plastique
acrylic: plexiglass, lucite
resin: epoxy
silicone: silikon, food grade silicone
rubber: gummi, latex, natural rubber
foam: eva foam, polyurethane
memory foam: gel foam
carbon fiber: carbon fibre, kevlar
fiberglass: fibreglass
wax: beeswax, soy wax
vinyl: pvc
wire: wires
fabric: textile, upholstered, woven fabric, cloth fabric
feather: feathers
enamel: enameled, enamelled, enamel coated
tritan:
`;
