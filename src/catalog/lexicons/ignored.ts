/**
 * Phrases that hide shorter ones: the olive of 'olive oil' is no colour.
 *
 * @packageDocumentation
 */

/** One phrase per comma or line. */
export const IGNORED: string = `
crystal clear, blues, rugged terrain, rugged terrains, rugged landscape, photo frame, photo frames, photo album
olive oil, red wine, white wine, black tea, green tea, green apple, brown sugar, blue cheese, blue light, red light, green light
golden hour, silver lining, black friday, black pepper
red meat, green bean, orange juice, coral reef, black coffee, white chocolate
ice cream, cream cheese, sour cream, shaving cream, hand cream, face cream, eye cream
glass of, magnifying glass, wine glasses, paper towel, paper towels, toilet paper, iron on
pine cone, pine cones, pine nuts, maple syrup, maple leaf, stone fruit, rubber band
running water, boot camp, coffee table, coffee tables, tea towel, tea light, tea lights, cat eye, hot dog
spring water, spring loaded, spring onion, box spring, summer squash, wood burning, wood fired
man made
lace up, shoe lace, house music
photo booth, desktop
big idea, big ideas
`;
