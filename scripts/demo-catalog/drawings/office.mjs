/** Drawings for the office, books, paper and the neutral gift. */
import { disc, ground, group, line, oval, rect, shape } from './svg.mjs';

/**
 * Cover motifs by drawing: what the book is about.
 *
 * @satisfies {Record<string, (t: import('./svg.mjs').Tones) => string>}
 */
const MOTIFS = {
  book: (t) =>
    [
      disc([214, 160, 34], t.al) + shape('M140 230c40-50 90-50 148 0v36H140z', t.a),
      line('M160 240V150M190 240v-60M220 240V130M250 240v-80', t.al, 11),
      shape('M214 116l64 74-64 74-64-74z', t.a) + shape('M214 150l34 40-34 40-34-40z', t.al),
      line(
        'M150 150c30-24 40 24 66 0s36 24 62 0M150 190c30-24 40 24 66 0s36 24 62 0M150 230c30-24 40 24 66 0s36 24 62 0',
        t.al,
        8,
      ),
      disc([214, 190, 60], t.a) + disc([236, 174, 50], t.c),
      shape('M196 250v-56l-24-20 42-46 42 46-24 20v56z', t.al) + disc([214, 180, 10], t.ad),
    ][t.v % 6] ?? '',
  cookbook: (t) =>
    disc([214, 196, 62], t.w) +
    disc([214, 196, 46], t.al) +
    (t.v % 2
      ? shape('M186 196a28 28 0 0 1 56 0z', t.a) + rect([184, 198, 60, 14, 6], t.ad)
      : disc([202, 190, 17], t.a) +
        disc([228, 200, 15], t.ad) +
        oval([210, 216, 16, 8], '#7fa06a')) +
    line('M140 150v92M132 150v26a8 8 0 0 0 16 0v-26M290 150v92', t.w, 6),
  guide: (t) =>
    shape('M138 262l48-90 32 44 26-34 46 80z', t.a) +
    shape('M186 172l-20 38 20-10 18 10z', t.w) +
    disc([256, 140, 20], '#f3d27e') +
    line('M146 282c40-16 90 14 140-4', t.al, 6),
};

/** @type {(t: import('./svg.mjs').Tones, motif: string) => string} */
const bookBody = (t, motif) =>
  ground(t, [206, 346, 112, 11]) +
  group(
    'rotate(-4 200 200)',
    rect([108, 70, 204, 268, 8], t.k) +
      rect([116, 314, 192, 18, 3], t.w) +
      line('M120 320h184M120 326h184', '#d9d4c6', 2) +
      rect([104, 60, 204, 256, 10], t.c) +
      rect([104, 60, 20, 256, 8], t.d) +
      motif +
      rect([150, 84, 128, 9, 4], t.h) +
      rect([170, 100, 88, 7, 3], t.h) +
      rect([184, 286, 60, 6, 3], t.l),
  );

/** @satisfies {Record<string, (t: import('./svg.mjs').Tones) => string>} */
export const OFFICE = {
  book: (t) => bookBody(t, MOTIFS.book(t)),
  cookbook: (t) => bookBody(t, MOTIFS.cookbook(t)),
  guide: (t) => bookBody(t, MOTIFS.guide(t)),
  notebook: (t) =>
    ground(t, [206, 346, 110, 11]) +
    group(
      'rotate(5 200 200)',
      rect([108, 66, 200, 272, 14], t.k) +
        rect([112, 70, 188, 262, 8], t.w) +
        rect([100, 60, 200, 268, 14], t.c) +
        rect([100, 60, 34, 268, 14], t.d) +
        rect([262, 60, 14, 268, 0], t.a) +
        rect([164, 110, 76, 44, 6], t.h) +
        line('M176 126h52M176 138h34', t.d, 4) +
        line('M206 328v34l-8-8-8 8v-34', t.a, 6),
    ),
  cards: (t) =>
    ground(t, [200, 338, 134, 11]) +
    group(
      'rotate(-9 150 220)',
      rect([66, 130, 200, 150, 8], t.w) +
        shape('M66 136l100 80 100-80', t.d) +
        shape('M70 134h192l-96 72z', t.l),
    ) +
    group(
      'rotate(6 240 220)',
      rect([166, 96, 152, 216, 8], t.sh) +
        rect([160, 90, 152, 216, 8], t.c) +
        rect([170, 100, 132, 196, 4], t.h) +
        (t.v % 2
          ? shape(
              'M236 226c-60-40-40-86-16-86 10 0 16 10 16 16 0-6 6-16 16-16 24 0 44 46-16 86z',
              t.a,
            )
          : line('M236 262v-70', '#6f9468', 6) +
            oval([220, 232, 18, 9], '#93b584') +
            [0, 60, 120, 180, 240, 300]
              .map(
                (a) =>
                  `<ellipse cx="236" cy="150" rx="11" ry="20" fill="${t.a}" transform="rotate(${a} 236 172)"/>`,
              )
              .join('') +
            disc([236, 172, 12], '#f4d67c')),
    ),
  officechair: (t) =>
    ground(t, [200, 350, 96, 9]) +
    line('M200 300l-74 34M200 300l74 34M200 300v44', t.n, 10) +
    disc([126, 340, 10], t.n) +
    disc([274, 340, 10], t.n) +
    disc([200, 348, 10], t.n) +
    rect([191, 244, 18, 60, 4], t.g) +
    line('M122 250h-18v-54M278 250h18v-54', t.n, 10) +
    rect([84, 184, 44, 16, 8], t.n) +
    rect([272, 184, 44, 16, 8], t.n) +
    rect([192, 190, 16, 50, 4], t.n) +
    rect([130, 56, 140, 150, 36], t.d) +
    rect([140, 64, 120, 132, 30], t.c) +
    line('M156 96h88M154 122h92M154 148h92', t.l, 6) +
    rect([116, 216, 168, 42, 20], t.c) +
    rect([116, 238, 168, 20, 10], t.d),
  desk: (t) =>
    ground(t, [200, 330, 160, 11]) +
    (t.v % 2
      ? line('M82 190v136M318 190v136', t.a, 13)
      : line('M88 190l-18 136M312 190l18 136', t.a, 13)) +
    rect([224, 196, 84, 74, 4], t.d) +
    rect([232, 204, 68, 26, 3], t.l) +
    rect([232, 236, 68, 26, 3], t.l) +
    rect([258, 214, 16, 6, 3], t.a) +
    rect([258, 246, 16, 6, 3], t.a) +
    rect([44, 176, 312, 22, 6], t.c) +
    rect([44, 190, 312, 8, 4], t.d) +
    rect([96, 108, 92, 60, 5], t.n) +
    rect([102, 114, 80, 48, 2], t.al) +
    rect([84, 168, 116, 8, 3], t.g) +
    shape('M284 176l-6-30h40l-6 30z', '#c9775a') +
    line('M298 146c-4-24-18-30-26-28M298 146c2-26 14-34 26-30M298 146v-40', '#6f9468', 6),
  desklamp: (t) =>
    ground(t, [176, 346, 84, 10]) +
    shape('M214 142l96 130H150z', 'rgba(255,240,190,.55)') +
    line('M176 334L124 214l86-96', t.a, 10) +
    disc([124, 214, 11], t.ad) +
    group(
      'rotate(-14 232 116)',
      shape('M196 148c0-40 20-66 44-66s44 26 44 66z', t.c) +
        shape('M196 148c0-40 16-62 36-66-8 20-12 44-12 66z', t.l) +
        rect([230, 70, 20, 18, 6], t.d),
    ) +
    oval([176, 338, 66, 14], t.d) +
    oval([176, 332, 66, 14], t.c),
  pen: (t) =>
    line('M64 318c40-30 60 20 96-4s40-14 64-6', t.ad, 6) +
    group(
      'rotate(42 200 200)',
      rect([184, 44, 44, 230, 18], t.sh) +
        rect([176, 30, 48, 132, 20], t.c) +
        rect([184, 42, 8, 108, 4], t.h) +
        rect([174, 152, 52, 14, 4], t.a) +
        shape('M178 166h44l-6 92h-32z', t.d) +
        rect([186, 172, 7, 76, 3], t.l) +
        shape('M184 258h32l-10 50-6 26-6-26z', t.al) +
        line('M200 284v40', t.ad, 3) +
        disc([200, 282, 4], t.ad) +
        line('M226 48v78', t.a, 9) +
        disc([226, 128, 7], t.a),
    ),
  gift: (t) =>
    ground(t, [200, 326, 126, 12]) +
    rect([92, 168, 216, 152, 10], t.c) +
    rect([92, 168, 60, 152, 10], t.l) +
    rect([92, 196, 216, 14, 0], t.d) +
    rect([78, 146, 244, 56, 10], t.c) +
    rect([78, 146, 244, 18, 9], t.l) +
    rect([182, 146, 36, 174, 0], t.a) +
    shape(
      'M200 144c-70-6-88-70-52-72 28 0 46 40 52 72zM200 144c70-6 88-70 52-72-28 0-46 40-52 72z',
      t.a,
    ) +
    shape(
      'M200 144c-40-10-60-46-46-52 16-2 36 26 46 52zM200 144c40-10 60-46 46-52-16-2-36 26-46 52z',
      t.ad,
    ),
};
