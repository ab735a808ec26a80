/**
 * Occasions, holidays and seasons.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const OCCASIONS: string = `
christmas: xmas, yuletide, weihnachten, noël, navidad, natale, santa, santa claus, advent, stocking stuffer, stocking filler
halloween: trick or treat, jack o lantern, spooky
easter: ostern, pâques, pascua, easter egg, easter bunny
valentines day: valentine, valentines, valentine day
thanksgiving: harvest table
new year: new years eve, new years
wedding: bridal, bride, hochzeit, mariage, boda, bridesmaid, nuptial
engagement: proposal, engagement ring
anniversary: anniversaries
birthday: geburtstag, anniversaire, cumpleaños
baby shower: newborn gift, christening, baptism
mothers day: mother day, gift for mom
fathers day: father day, gift for dad
graduation: graduate gift
prom: homecoming, ball gown
party: cocktail party, parties, dinner party, festive gathering, celebration, festivities
holiday: holiday season, festive season, festive
housewarming: house warming
date night: romantic evening, romantic dinner
back to school: school year
hanukkah: chanukah, menorah
diwali: deepavali
lunar new year: chinese new year
ramadan: eid
st patricks day: saint patricks day, shamrock
fourth of july: 4th of july, independence day
carnival: mardi gras, carnaval, fasching
funeral: memorial service, sympathy
gift: gift idea, present for, gift set, gift giving, gifting, geschenk, cadeau, regalo
black tie: gala, formal event, formal occasion
special occasion: special moment, special day
business meeting: job interview, boardroom, business casual
festival: music festival, concert
tea party: afternoon tea, tea time, high tea
summer: summertime, sommer, été, verano, estate, zomer, hot days
winter: wintertime, hiver, invierno, inverno, cold weather, snowy days, wintry
spring: springtime, printemps, primavera, frühling
autumn: fall season, fall weather, fall days, autumnal, fall wardrobe, fall or winter, herbst
everyday: everyday wear, everyday use, daily wear, daily use, all day wear
weekend: weekend getaway, weekends
`;
