/**
 * Words that say nothing about a product, in six languages.
 *
 * @packageDocumentation
 */

const ENGLISH =
  'a about above across after again all also an and any are as at be because been before being below between both ' +
  'but by can could did do does doing down during each even ever every few for from further get gets had has have having ' +
  'he her here hers him his how i if in into is it its itself just let like made make makes making many may me more most ' +
  'much my need needs no nor not now of off on once one only or other our ours out over own per same she should so some ' +
  'such than that the their them then there these they this those through to too under until up upon us use used using ' +
  'very was we were what when where whether which while who whom why will with within without would yet you your yours';
/** Verbs and praise of marketing copy: in half of all descriptions, so they tell nothing apart. */
const MARKETING =
  'add adds adding perfect perfectly ideal bring brings elevate embrace enhance experience feature features featuring ' +
  'offer offers offering provide provides providing ensure ensures ensuring touch blend combine combines design designed ' +
  'crafted stunning whether beautiful beautifully transform indulge must great';
const OTHERS =
  'der die das den dem des ein eine einen einem einer und oder mit von zu im ist sind auf aus bei nach sich auch wie ' +
  'le la les un une et ou avec du au aux pour dans sur est sont par ce cette ses vos votre ' +
  'el los las una y o con del al para en es son por su sus que se ' +
  'il lo gli i uno e di da per nel nella sono che della delle dei ' +
  'het een van voor met op te zijn bij naar ook uw';

const STOP_WORDS: ReadonlySet<string> = new Set(`${ENGLISH} ${MARKETING} ${OTHERS}`.split(' '));

/**
 * Whether a word is left out of the terms of an item.
 *
 * @param word - Lower-cased.
 * @returns True for stop words (English, German, French, Spanish, Italian, Dutch), marketing
 *   filler, single letters and numbers.
 * @example isStopWord('the') // true
 */
export function isStopWord(word: string): boolean {
  return word.length < 2 || STOP_WORDS.has(word) || /^[0-9]+$/.test(word);
}
