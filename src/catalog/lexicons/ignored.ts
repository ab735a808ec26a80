/**
 * Phrases that hide shorter ones: the olive of 'olive oil' is no colour.
 *
 * @packageDocumentation
 */

/** One phrase per comma or line. */
export const IGNORED: string = `
crystal clear, down under, blues, rugged terrain, rugged terrains, rugged landscape, photo frame, photo frames, photo album, haunted house
olive oil, red wine, white wine, black tea, green tea, green apple, brown sugar, blue cheese, blue light, red light, green light
cotton candy, golden hour, golden retriever, gold standard, silver lining, black friday, black pepper, white noise, brown rice
red meat, red onion, green onion, green bean, green beans, orange juice, coral reef, black coffee, white rice, white chocolate
ice cream, whipped cream, cream cheese, sour cream, shaving cream, hand cream, face cream, eye cream, body cream, moisturizing cream, creams, heavy cream, cream sauce
glass of, glasses of, looking glass, magnifying glass, wine glasses, paper towel, paper towels, toilet paper, steel cut, iron out, iron on
pine cone, pine cones, pine nuts, maple syrup, maple leaf, walnut oil, walnuts, bamboo shoots, stone fruit, rubber plant, rubber band, clay pot
running water, running late, long running, running smoothly, boot camp, car seat headrest, coffee table, coffee tables, tea towel, tea light, tea lights, dog rose, cat eye, cats eye, hot dog, hot dogs
spring water, spring loaded, spring onion, box spring, inner spring, pocket spring, summer squash, winter squash, wood burning, wood fired, wood stain, wood glue, woodwind
party wall, third party, christmas rose, man made, hand felt, heart felt, sit down, up and down, break down, down to, down the, upside down, ups and downs, button down, wind down, slow down, step down, cool down, lay down, down on, down with, fall down
lace up, lace ups, shoe lace, cord free, power cord, cord cutter, ear bud, wax on, dinner jacket, tie clip, house music, country house, on the house, in house
tin man, cash register, cook time, paint job, photo booth, desktop, digital age, present day, hunter green belt, school bus yellow, horse power
light up your day, brighten up your day, gold medal, golf cart, polo neck, turtle neck, big idea, big ideas, big impact, big day, tough love, clean lines and, sharp dressed man
`;
