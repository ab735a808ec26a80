/**
 * Uses, places and audiences.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const USES: string = `
travel: travelling, traveling, traveler, traveller, luggage, carry on, getaway, vacation, globetrotter, jet setter, reise, voyage, viaje
office: workplace, desk, home office, workspace, büro, bureau, oficina, work from home, business trip
school: student, students, college, campus, university, classroom, study
commuting: commute, commuter, commutes
kids: kid, children, child, childrens, toddler, toddlers, enfant, enfants, kinder, niños, bambini, kinderen, little ones, playtime, playground
baby: babies, newborn, infant, infants, nursery, bébé, bambino
women: womens, ladies, lady, woman, damen, femme, mujer, donna, dames, for her
men: mens, gentleman, gentlemen, man, herren, homme, hombre, uomo, heren, for him
teens: teenager, teen, teenagers
seniors: elderly, senior citizens
pets: pet, pet owner, furry friend, haustier, animal lover, animal companion
dogs: dog, doggy, puppy, puppies, canine, hund, chien, perro, pup
cats: cat, kitten, kitty, feline, katze, chat, gato
home: household, housewares, living room, wohnzimmer
kitchen: cooking, cook, baking, bake, küche, cuisine, cocina, home chef, chef, culinary, meal prep, bakeware, cookware, kitchenware, kitchen tools
dining: dinner table, tableware, table setting, dining table, dining room, dinnerware, serveware, place setting
entertaining: hosting, hosts, guests, gatherings
bedroom: bedding, bedside, nightstand, schlafzimmer, bed linen
sleeping: sleep, nap, sleeper, restful night, bedtime, slumber, sleepwear, pyjamas, pajamas
bathroom: bath, shower, bathing, badezimmer, bathtub
garden: gardening, gardener, backyard, patio, lawn, garten, jardin, jardín, giardino, tuin, balcony, porch
outdoor: outdoors, outdoorsy, great outdoors, wilderness, outdoor adventure, outdoor adventures, nature lover, adventurer
camping: camp, campsite, campfire, camper, tent, backpacking, bivouac
hiking: hike, trekking, trek, trail, hiker, mountaineering, wandern, randonnée
climbing: rock climbing, bouldering, climber, climbers
running: runner, jogging, marathon, sprint, joggers, laufen, trail running
fitness: workout, workouts, exercise, gym, training session, weightlifting, crossfit, home gym
yoga: pilates, meditation, yoga mat
cycling: bike, biking, bicycle, cyclist, mountain biking, fahrrad, vélo
swimming: swim, pool, poolside, swimmer
beach: beach day, beachwear, sandy shores, seashore, strand, plage, playa, spiaggia
boating: kayak, kayaking, canoe, sailing, paddling, paddle, rafting, boat
fishing: angling, angler, anglers, fisherman, fishermen, bait, fishing rod
skiing: ski, skis, snowboarding, snowboard, skier, slopes
hunting: hunter, hunters
sports: sport, football, basketball, tennis, baseball, soccer, golf, volleyball, cricket, game day
gaming: gamer, gamers, esports, video game, console
music: musician, musicians, guitarist, drummer, recording studio, pianist, concert hall, melodies, jam session
photography: photographer, photographers, photo, vlogging, videography, filmmaker, content creator
reading: reader, reading nook, bookworm, book lover
crafting: crafts, diy, sewing, knitting, scrapbook, scrapbooking, hobbyist, crafter
painting: drawing, sketching, artist, artists, art supplies
woodworking: carpenter, carpentry, workshop, workbench, home improvement, home repair, home repairs, handyman, plumbing
driving: car, automotive, vehicle, road trip, road trips, truck, motorcycle, motorbike
cleaning: clean up, laundry, dusting, housekeeping
storage: organizing, organizer, organiser, organization, declutter, storage space, storage box
lighting: illumination, reading light, ambient light, mood lighting
coffee: espresso machine, barista, coffee lover, cappuccino, latte, morning coffee
tea: tea lover, teapot, brew tea, tea set
wine: wine lover, wine enthusiast, sommelier, wine glass, wine tasting
cocktails: cocktail, mixologist, bartender, home bar, mixology
grilling: grill, bbq, barbecue, barbeque, grillen
picnic: picnics, lunch box, lunchbox, packed lunch
snacking: snack, on the go snack
breakfast: brunch
skincare: skin care, moisturizing, moisturizer, facial, complexion, anti aging, self care
makeup: cosmetic, cosmetics, lipstick, mascara, eyeshadow, foundation brush, nail polish
haircare: hair care, shampoo, hairstyle, hair styling
grooming: shave, shaving, beard, razor
oral care: toothbrush, toothpaste, whitening teeth, dental
fragrance: perfume, cologne, scent, aromatherapy, scented
wellness: spa, relaxation, massage, stress relief, unwind
health: medical, first aid, first aid kit, pain relief, supplement, vitamin
emergency: survival, disaster, emergency kit, safety kit
security: surveillance, home security, burglar, security camera
toys: toy, board game, puzzle, plush toy, spielzeug, jouet, juguete
costume: cosplay, dress up, fancy dress
decoration: home decor, home decoration, homedecor, wall decor, wall art, ornament, centerpiece, decor, decorative, deko, decorating
`;
