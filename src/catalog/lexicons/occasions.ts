/**
 * Occasions, holidays and seasons.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const OCCASIONS: string = `
christmas: xmas, santa, advent, stocking stuffer
halloween: trick or treat, spooky
easter:
valentines day: valentine, valentines
thanksgiving:
new year: new years eve
wedding: bridal, bride, bridesmaid
engagement:
anniversary: anniversaries
birthday:
baby shower: newborn gift
mothers day: mother day
fathers day: father day
graduation:
prom:
party: cocktail party, parties, dinner party, celebration, festivities
holiday: holiday season, festive season, festive
housewarming: house warming
date night:
back to school:
hanukkah: chanukah, menorah
lunar new year: chinese new year
ramadan: eid
fourth of july: 4th of july
carnival: mardi gras
funeral:
gift: gift set, gifting
black tie: gala
special occasion:
business meeting: business casual
festival: music festival, concert
tea party: afternoon tea, tea time
summer: summertime
winter: wintertime, cold weather, wintry
spring: springtime
autumn: fall season, fall weather, autumnal
everyday: everyday wear, everyday use, daily use
weekend: weekend getaway
`;
