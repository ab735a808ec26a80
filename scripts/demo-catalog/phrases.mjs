/**
 * Sentence patterns by family of product. Slots: {thing} noun with article, {sthing} the same with
 * its special adjective, {noun}, {short}, {finish} colour and material, {use}, {use2}, {scent},
 * {material}; `[one|many]` by grammatical number. An opener without {finish} or {scent} is followed
 * by a sentence that names it.
 */

/** @type {Record<import('./catalog-types.mjs').Family, readonly string[]>} */
export const OPENERS = {
  device: [
    '{thing} {in} {finish}, built for {use}.',
    '{sthing} for {use} and {use2}.',
    'Made with {use} in mind, [this|these] {noun} [comes|come] {in} {finish}.',
    '{thing} for {use}, finished {in} {finish}.',
    'Whether for {use} or for {use2}, [this|these] {short} [does|do] the job without fuss.',
    '{sthing} {in} {finish}.',
    'Here [is|are] {sthing} {in} {finish}, well suited to {use}.',
    'Good for {use}: {sthing} with a clear layout and few buttons.',
  ],
  home: [
    '{thing} {in} {finish}, made for {use}.',
    '{sthing} {in} {finish}.',
    'With {use} in mind, [this|these] {short} [is|are] kept simple and sturdy.',
    '{thing} that [suits|suit] {use} as well as {use2}.',
    '[This|These] {noun} {in} {finish} [is|are] a quiet choice for {use}.',
    'For {use}: {sthing} {in} {finish}.',
    '{sthing} for {use} and {use2}.',
    '{sthing} for {use}, {in} {finish}.',
  ],
  wear: [
    '{thing} {in} {finish}, made for {use}.',
    '{sthing} {in} {finish}.',
    'For {use} and {use2}: {sthing} to wear for years.',
    '[This|These] {finish} {noun} [goes|go] with most of what hangs in the wardrobe.',
    '{sthing} for {use}, {in} {finish}.',
    'Made for {use}, [this|these] {short} {in} {finish} [feels|feel] good from the first day.',
    'A plain cut and {finish}: {thing} for {use}.',
  ],
  sport: [
    '{thing} {in} {finish}, made for {use}.',
    '{sthing} for {use} and {use2}.',
    'Many pick [this|these] {noun} for {use}.',
    '{sthing} {in} {finish}.',
    'Made for {use}, [this|these] {short} [comes|come] {in} {finish}.',
    'For {use}: {sthing} {in} {finish}.',
    '[This|These] {noun} {in} {finish} [is|are] a steady partner for {use}.',
  ],
  play: [
    '{thing} {in} {finish}, made for {use}.',
    '{sthing} for {use} and {use2}.',
    '[This|These] {short} {in} {finish} [is|are] meant for {use}.',
    '{sthing} {in} {finish}.',
    'For {use}: {thing} that lasts longer than one afternoon.',
    'With {use} in mind, [this|these] {noun} [is|are] simple to start and hard to put away.',
  ],
  care: [
    '{thing} with {scent}, in {material}.',
    '{sthing} for {use}.',
    'Made for {use}, [this|these] {short} [comes|come] in {material}.',
    '{sthing} with {scent} for {use}.',
    'For {use}: {thing} with {scent}.',
    '{sthing}, in {material}, for {use} and {use2}.',
    '{sthing} for {use} and {use2}.',
  ],
  music: [
    '{thing} {in} {finish}, made for {use}.',
    '{sthing} {in} {finish}.',
    'For {use} and {use2}: {sthing} with a clear voice.',
    '[This|These] {noun} {in} {finish} [speaks|speak] easily and [stays|stay] in tune.',
    'Built for {use}, [this|these] {short} [has|have] a warm tone and a light touch.',
    '{sthing} for {use}, {in} {finish}.',
  ],
  book: [
    '{sthing} for {use}, as a(n) {finish}.',
    '{sthing}, made for {use} and {use2}.',
    'This {finish} is {sthing} for {use}.',
    'For {use}: {sthing} as a(n) {finish}.',
    '{sthing} that suits {use} as well as {use2}.',
    'A good companion for {use}, in a(n) {finish}.',
  ],
};

/**
 * Says the finish when the opener did not.
 *
 * @type {Record<import('./catalog-types.mjs').Family, readonly string[]>}
 */
export const FINISH_SENTENCES = {
  device: ['The casing is {finish}.', 'The outside is {finish}.', 'It comes in {finish}.'],
  home: [
    '[It is|They are] made of {finish}.',
    'The material is {finish}.',
    'The finish is {finish}.',
  ],
  wear: ['[It is|They are] made of {finish}.', 'The material is {finish}.'],
  sport: ['[It is|They are] made of {finish}.', 'The material is {finish}.'],
  play: ['[It is|They are] made of {finish}.', 'The main material is {finish}.'],
  care: [
    'The scent is {scent}, clear but not loud.',
    'It smells softly of {scent}.',
    'A note of {scent} rounds it off.',
  ],
  music: ['The body is {finish}.', '[It is|They are] made of {finish}.'],
  book: ['This edition is a(n) {finish}.', 'It comes as a(n) {finish}.'],
};

/** Extra sentences with a use, for items whose opener did not fill the space. */
export const CLOSERS = [
  'A good match for {use2}.',
  'Many choose [it|them] for {use2}.',
  '[It also suits|They also suit] {use2}.',
  'Also at ease with {use2}.',
];
