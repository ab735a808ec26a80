/** Drawings for the garden and the workshop. */
import { disc, ground, group, line, oval, rect, shape } from './svg.mjs';

/** @type {readonly (readonly [number, number])[]} */
const FLOWERS = [
  [112, 128],
  [160, 88],
  [200, 82],
  [250, 92],
  [290, 130],
];
const LEAF = '#6f9468';
const LEAF_DARK = '#4d7350';
const LEAF_LIGHT = '#93b584';

/** @type {(angle: number, length: number, fill: string) => string} */
const leaf = (angle, length, fill) =>
  group(
    `translate(200 232) rotate(${angle})`,
    shape(
      `M0 0c-34 -${length * 0.4} -30 -${length * 0.8} 0 -${length}c30 ${length * 0.2} 34 ${length * 0.6} 0 ${length}z`,
      fill,
    ) + line(`M0 0V-${length * 0.8}`, LEAF_DARK, 3),
  );

/** @type {Record<string, (t: import('./svg.mjs').Tones) => string>} */
export const GARDEN = {
  planter: (t) =>
    ground(t, [200, 342, 104, 11]) +
    line(
      'M150 180c-6-30-20-44-36-48M176 176c0-40-6-60-14-84M226 176c2-40 10-60 22-80M252 180c6-28 18-40 34-46M200 176V92',
      LEAF_DARK,
      6,
    ) +
    FLOWERS.map(
      ([x, y], i) => disc([x, y, 21], i % 2 ? t.al : t.a) + disc([x, y, 8], '#f4d67c'),
    ).join('') +
    oval([150, 156, 26, 13], LEAF) +
    oval([244, 156, 28, 14], LEAF_LIGHT) +
    (t.v % 2
      ? shape('M98 182h204l-26 144a16 16 0 0 1-16 14H140a16 16 0 0 1-16-14z', t.c) +
        shape('M98 182h44l12 158h-14a16 16 0 0 1-16-14z', t.l) +
        rect([86, 172, 228, 34, 10], t.d)
      : rect([72, 182, 256, 146, 14], t.c) +
        rect([72, 182, 256, 22, 10], t.d) +
        rect([86, 216, 228, 8, 4], t.l) +
        rect([92, 326, 36, 14, 4], t.k) +
        rect([272, 326, 36, 14, 4], t.k)),
  plant: (t) =>
    ground(t, [200, 346, 86, 10]) +
    (t.v % 3 === 0
      ? leaf(-62, 120, LEAF_DARK) +
        leaf(62, 120, LEAF_DARK) +
        leaf(-32, 160, LEAF) +
        leaf(34, 156, LEAF_LIGHT) +
        leaf(0, 186, LEAF)
      : t.v % 3 === 1
        ? shape('M160 236V110a40 40 0 0 1 80 0v126z', LEAF) +
          shape('M160 236V110a40 40 0 0 1 24-36c-6 30-6 130-4 162z', LEAF_LIGHT) +
          line('M164 190h-20c-20 0-26-14-26-44M236 168h20c18 0 24-12 24-36', LEAF, 26) +
          line('M200 96v12M186 130v12M214 140v12M200 172v12M184 196v10M218 204v10', t.w, 3) +
          disc([200, 66, 13], '#e78aa0')
        : [-70, -48, -24, 0, 24, 48, 70]
            .map((angle, i) =>
              group(
                `translate(200 236) rotate(${angle})`,
                shape(
                  `M-8 0C-16 -70 -10 -130 0 -${i % 2 ? 150 : 184}C10 -130 16 -70 8 0z`,
                  i % 2 ? LEAF_LIGHT : LEAF,
                ),
              ),
            )
            .join('')) +
    shape('M130 232h140l-16 98a16 16 0 0 1-16 14h-76a16 16 0 0 1-16-14z', t.c) +
    shape('M130 232h34l8 112h-10a16 16 0 0 1-16-14z', t.l) +
    rect([122, 222, 156, 28, 9], t.d),
  wateringcan: (t) =>
    ground(t, [214, 324, 112, 12]) +
    line('M176 170C166 70 300 70 296 180', t.d, 13) +
    line('M290 200c54 0 50 88-8 84', t.d, 13) +
    shape('M152 262L84 150l16-10 66 72z', t.d) +
    group(
      'rotate(-32 86 140)',
      rect([56, 126, 62, 20, 8], t.a) + rect([52, 120, 70, 10, 5], t.ad),
    ) +
    rect([144, 170, 152, 150, 22], t.c) +
    rect([156, 182, 14, 120, 7], t.h) +
    rect([144, 284, 152, 14, 0], t.d) +
    rect([138, 162, 164, 18, 9], t.d) +
    line('M52 160l-8 18M70 172l-8 20M40 142l-14 12', '#7fb2cf', 6),
  secateurs: (t) =>
    group(
      'rotate(24 200 200)',
      ground(t, [214, 216, 44, 156]) +
        line('M206 210c-40 40-50 90-44 132', t.c, 28) +
        line('M200 210c36 40 46 90 40 132', t.d, 28) +
        line('M164 268c-4 24-6 46-2 66', t.h, 5) +
        shape('M190 214c-34-50-34-120 6-168 20 50 26 110 24 166z', '#b9c2cb') +
        shape('M204 44c-24 50-20 110-8 168l20-2c6-60 6-110-12-166z', '#dfe5ea') +
        shape('M212 216c36-30 44-80 26-130-22 30-34 70-42 110z', '#8e99a5') +
        disc([202, 212, 17], t.a) +
        disc([202, 212, 7], t.w) +
        line('M190 250l12 14-8 10 14 12', t.g, 5),
    ),
  deckchair: (t) =>
    ground(t, [200, 332, 136, 12]) +
    line('M108 92l150 236M292 190l-166 138', t.ad, 13) +
    shape('M104 92l56-16c20 70 40 130 130 150l26-36 12 20-34 56C180 250 130 200 104 92z', t.c) +
    shape('M124 87l16-5c20 80 60 142 156 156l-10 16C190 236 142 190 124 87z', t.h) +
    line('M162 78l140 230M320 188l-150 140', t.a, 13) +
    line('M104 92l56-16M292 228l32-40', t.a, 14),
  drill: (t) =>
    ground(t, [226, 342, 86, 10]) +
    rect([40, 150, 60, 10, 4], '#9aa3ad') +
    shape('M92 134h34v42H92l-12-12v-18z', t.n) +
    shape('M124 112h150c34 0 52 18 52 44s-18 44-52 44H124z', t.c) +
    shape('M124 112h150c34 0 52 18 52 44H124z', t.l) +
    rect([124, 112, 22, 88, 4], t.k) +
    line('M284 132v48M298 136v40', t.d, 6) +
    shape('M206 196h72l-14 92h-62z', t.d) +
    shape('M206 200l-22 34 18 6z', t.a) +
    rect([182, 284, 112, 46, 12], t.k) +
    rect([182, 284, 112, 16, 8], t.a) +
    disc([202, 156, 9], t.a),
  tool: (t) =>
    group(
      'rotate(38 200 200)',
      ground(t, [216, 214, 30, 150]) +
        rect([178, 140, 44, 200, 22], t.c) +
        rect([188, 160, 10, 150, 5], t.h) +
        shape(
          'M168 44v62l32 22 32-22V44c28 14 44 40 44 70 0 42-34 72-76 72s-76-30-76-72c0-30 16-56 44-70z',
          t.d,
        ) +
        disc([200, 316, 9], t.bg),
    ),
  birdhouse: (t) =>
    ground(t, [200, 348, 60, 9]) +
    rect([190, 280, 20, 68, 4], t.ad) +
    shape('M128 160l72-66 72 66v130a8 8 0 0 1-8 8H136a8 8 0 0 1-8-8z', t.c) +
    shape('M128 160l36-33v171h-28a8 8 0 0 1-8-8z', t.l) +
    line('M112 168l88-82 88 82', t.a, 22) +
    disc([200, 206, 27], t.k) +
    rect([193, 244, 14, 28, 6], t.ad),
};
