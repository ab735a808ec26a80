/** Who does what: the shop's server, the page, the worker, and what lies on the device. */
import { arrow, box, drawing, label } from './pen.mjs';

/**
 * @param {readonly [number, number]} at - Left and top.
 * @param {string} title - In bold.
 * @param {readonly string[]} notes - Below it.
 * @param {number} [width] - Of the field.
 * @returns {readonly string[]} A field with words.
 */
function field([x, y], title, notes, width = 196) {
  return [
    box([x, y, width, 30 + 18 * notes.length], 'inner'),
    label([x + 12, y + 21], title),
    ...notes.map((note, n) => label([x + 12, y + 40 + 18 * n], note, { kind: 'note' })),
  ];
}

/** @returns {string} The drawing. */
export function pageAndWorker() {
  return drawing(
    [860, 400],
    'The server sends the same candidates to everybody. The page hands events to a worker and gets rows back. The profile stays on the device. Nothing about the visitor goes to the server.',
    [
      box([10, 40, 190, 300]),
      label([105, 66], 'The shop’s server', { kind: 'title', anchor: 'middle' }),
      ...field([22, 86], 'Candidates', ['the same list', 'for everybody,', 'cacheable'], 166),
      ...field([22, 190], 'Files', ['scripts, a pack,', 'an index'], 166),
      box([300, 10, 550, 380]),
      label([575, 36], 'The visitor’s browser', { kind: 'title', anchor: 'middle' }),
      box([316, 56, 228, 316]),
      label([430, 82], 'The page', { kind: 'title', anchor: 'middle' }),
      ...field([332, 98], 'vitrine.js', ['starts the worker when idle']),
      ...field([332, 166], '<vitrine-feed>', ['your cards, moved or drawn', 'in your markup']),
      ...field(
        [332, 252],
        'Your list',
        ['stands until there is better,', 'and when anything fails'],
        196,
      ),
      box([624, 56, 212, 200]),
      label([730, 82], 'The worker', { kind: 'title', anchor: 'middle' }),
      ...field([638, 98], 'Ranks', ['vectors, segments, rules,', 'variety, reasons'], 184),
      ...field([638, 180], 'Kernels', ['JavaScript, WebAssembly', 'or WebGPU'], 184),
      box([624, 286, 212, 86]),
      label([730, 312], 'On this device', { kind: 'title', anchor: 'middle' }),
      label([730, 334], 'the log, follows and blocks:', { kind: 'note', anchor: 'middle' }),
      label([730, 352], 'IndexedDB, with consent', { kind: 'note', anchor: 'middle' }),
      arrow([544, 120], [624, 120]),
      label([584, 112], 'events', { kind: 'note', anchor: 'middle' }),
      arrow([624, 196], [544, 196]),
      label([584, 188], 'rows', { kind: 'note', anchor: 'middle' }),
      arrow([730, 256], [730, 286]),
      arrow([200, 120], [316, 120]),
      label([250, 112], 'GET', { kind: 'note', anchor: 'middle' }),
      arrow([316, 300], [200, 300], 'no'),
      label([250, 292], 'nothing', { kind: 'note warm', anchor: 'middle' }),
      label([250, 318], 'of the visitor', { kind: 'note warm', anchor: 'middle' }),
    ],
  );
}
