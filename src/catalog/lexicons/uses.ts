/**
 * Uses, places and audiences.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const USES: string = `
travel: traveling, traveler, traveller, luggage, vacation
office: workplace, desk, home office, workspace
school: student, students, college, campus, university, classroom, study
commuting: commute, commuter, commutes
kids: kid, children, child, childrens, toddler, toddlers, playground
baby: babies, newborn, infant, infants, nursery
women: womens, ladies, lady, woman
men: mens, gentleman, gentlemen, man
teens: teenager, teen, teenagers
seniors: elderly, senior citizens
pets: pet
dogs: dog, doggy, puppy, puppies
cats: cat, kitty
home: household, housewares, living room
kitchen: cooking, cook, baking, bake, chef, culinary, bakeware, cookware, kitchenware
dining: tableware, table setting, dining table, dining room, dinnerware, serveware
entertaining: hosting, guests, gatherings
bedroom: bedding, bedside, nightstand
sleeping: sleep, nap, bedtime, sleepwear, pyjamas, pajamas
bathroom: bath, shower, bathing, bathtub
garden: gardening, gardener, backyard, patio, lawn, balcony, porch
outdoor: outdoors, outdoorsy, great outdoors, wilderness, adventurer
camping: camp, campfire, camper, tent, backpacking
hiking: hike, trekking, trek, trail, hiker, mountaineering
climbing: rock climbing, bouldering, climber
running: runner, jogging, marathon, joggers, trail running
fitness: workout, workouts, exercise, gym, weightlifting, crossfit, home gym
yoga: pilates, meditation, yoga mat
cycling: bike, biking, bicycle, cyclist, mountain biking
swimming: swim, pool, swimmer
beach: beachwear
boating: kayak, kayaking, canoe, sailing, paddling, rafting, boat
fishing: angling, fishermen, bait, fishing rod
skiing: ski, snowboarding, snowboard, skier
hunting: hunter
sports: sport, football, basketball, tennis, baseball, soccer, golf, volleyball, cricket
gaming: gamer, video game, console
music: musician, recording studio
photography: photographer, photo, vlogging, videography
reading: reader, reading nook
crafting: crafts, diy, sewing, knitting, scrapbook, scrapbooking
painting: drawing, sketching, artist, artists
woodworking: carpenter, carpentry, workshop, workbench, home improvement, plumbing
driving: car, automotive, vehicle, road trip, truck, motorcycle, motorbike
cleaning: laundry, housekeeping
storage: organizing, organizer, organiser, organization, declutter
lighting: reading light
coffee: espresso machine, barista
tea: teapot, tea set
wine: sommelier, wine glass, wine tasting
cocktails: cocktail, bartender, mixology
grilling: grill, bbq, barbecue
picnic: picnics, lunch box, lunchbox
snacking: snack
breakfast: brunch
skincare: skin care, moisturizing, moisturizer, facial, anti aging, self care
makeup: cosmetic, cosmetics, lipstick, mascara, eyeshadow, nail polish
haircare: hair care, shampoo, hair styling
grooming: shave, shaving, beard, razor
oral care: toothbrush, toothpaste, dental
fragrance: perfume, cologne, scent, aromatherapy, scented
wellness: spa, relaxation, massage, unwind
health: medical, first aid, first aid kit, supplement, vitamin
emergency: survival
security: surveillance, home security
toys: toy, board game, puzzle, plush toy
costume: cosplay, dress up
decoration: home decor, home decoration, homedecor, wall decor, wall art, ornament, centerpiece, decor, decorative, decorating
`;
