/**
 * Named sizes; measures such as 500 ml are found without a lexicon.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const SIZES: string = `
~small: small size, size small, small sized, pint sized, petite
mini: miniature, minis, tiny, bite sized
compact: compact size, space saving, small footprint, slimline
pocket size: pocket sized, palm sized, credit card sized
travel size: travel sized
medium: medium size, medium sized, mid size
large: size large, large size, extra large, xl, xxl, spacious, generous size, jumbo, big
oversized: oversize, extra wide, giant
plus size: curvy fit, big and tall
king size: king bed, king sized
queen size: queen bed, queen sized
twin size: twin bed, single bed
full size: full bed, double bed, full sized
one size: one size fits all, one size fits most
family size: value size, bulk
knee length: knee high, mid calf
full length: floor length, maxi length, maxi
ankle length: ankle high, ankle height
`;
