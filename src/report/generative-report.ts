/**
 * The page on the generative models: each beside the closed-form rival that it has to beat.
 *
 * @packageDocumentation
 */

/** Of a classifier on test texts. */
interface ReportedClasses {
  /** Share of right answers. */
  readonly accuracy: number;
  /** Mean F1 over the classes. */
  readonly macroF1: number;
}

/** A label: the Transformer, and tf-idf with logistic regression. */
interface ReportedLabel extends ReportedClasses {
  /** The rival, and the penalty that held-out texts chose for it. */
  readonly baseline: ReportedClasses & { readonly c: number };
  /** Of the model file. */
  readonly bytes: number;
}

/** A score on test texts with all listed words taken out. */
interface ReportedScore {
  /** Texts that said yes. */
  readonly yes: number;
  /** The other texts. */
  readonly others: number;
  /** How often one that said yes is scored above one of the others; null: all are of one kind. */
  readonly auc: number | null;
}

/** How wrong flagged texts are. */
interface ReportedGuesses {
  /** Share of the texts that are flagged. */
  readonly share: number;
  /** Mean squared error of their scores; null without such texts. */
  readonly error: number | null;
  /** The same of the other texts. */
  readonly errorOfOthers: number | null;
}

/** Named scores of reviews. */
interface ReportedScores {
  /** By name. */
  readonly scores: Readonly<Record<string, ReportedScore>>;
  /** tf-idf with logistic regression, by name. */
  readonly baseline: Readonly<Record<string, ReportedScore>>;
  /** By name: the encoder's part of a logit, 0 to 1; the rest is the linear path's. */
  readonly trust: Readonly<Record<string, number>>;
  /** Where the model says that it is guessing. */
  readonly guessing: ReportedGuesses;
  /** Where too few words are known. */
  readonly fewWordsKnown: ReportedGuesses;
  /** Of the model file. */
  readonly bytes: number;
}

/** Generated segments of a catalog, by one model. */
export interface ReportedSegments {
  readonly trainMs: number;
  /** Cosine of held-out profiles with what comes back. */
  readonly heldOutCosine: number;
  /** The same, guessed from behaviour alone. */
  readonly guessedCosine: number;
  readonly generations: number;
  /** Generations that passed all guards. */
  readonly passed: number;
  /** Refused generations by guard. */
  readonly refused: Readonly<Record<string, number>>;
  readonly meanSupport: number;
  readonly temperatureRankCorrelation: number;
  readonly meanCoherence: number;
  readonly randomCoherence: number;
  /** Toward "cheaper": seeds, segments that passed, share of them with a lower mean price. */
  readonly towardCheaper: {
    readonly asked: number;
    readonly passed: number;
    readonly cheaper: number;
    /** Mean price of the new row by that of the seed's, geometric mean. */
    readonly meanRatio: number;
  };
}

/** All that is reported. */
export interface GenerativeFigures {
  /** By label. */
  readonly labels: Readonly<Record<string, ReportedLabel>>;
  readonly reviews: ReportedScores | null;
  /** By catalog. */
  readonly segments: Readonly<
    Record<string, { readonly vae: ReportedSegments; readonly linear: ReportedSegments }>
  >;
}

/** Closer than this is neither better nor worse. */
const TIE = 0.005;

function toThree(value: number): string {
  return value.toFixed(3).replace(/^(-?)0\./, '$1.');
}

/** JSON has null for what could not be measured. */
function toKnown(value: number | null | undefined): string {
  return typeof value === 'number' ? toThree(value) : 'none';
}

function toPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = head.map((_, at) => (at === 0 ? '---' : '---:'));
  return [rowOf(head), rowOf(line), ...rows.map(rowOf)].join('\n');
}

/** Names of what is `wins`, `ties` or `loses` by its differences. */
function sentence(model: string, rival: string, wins: readonly [string, number][]): string {
  const named = (isIt: (gain: number) => boolean): string =>
    wins
      .filter(([, gain]) => isIt(gain))
      .map(([name, gain]) => `${name} (${gain < 0 ? '−' : '+'}${toThree(Math.abs(gain))})`)
      .join(', ');
  const better = named((gain) => gain > TIE);
  const worse = named((gain) => gain < -TIE);
  const level = named((gain) => Math.abs(gain) <= TIE);
  return [
    better === '' ? `${model} is better at nothing.` : `${model} is better at ${better}.`,
    worse === '' ? '' : `${rival} wins at ${worse}.`,
    level === '' ? '' : `Within ${toThree(TIE)} of each other: ${level}.`,
  ]
    .filter((each) => each !== '')
    .join(' ');
}

function labelPart(labels: GenerativeFigures['labels']): string[] {
  const entries = Object.entries(labels);
  if (entries.length === 0) return ['No labelled titles were measured.'];
  const rows = entries.map(([name, { accuracy, baseline, bytes, macroF1 }]) => [
    name,
    toThree(accuracy),
    toThree(baseline.accuracy),
    toThree(macroF1),
    toThree(baseline.macroF1),
    `${baseline.c}`,
    `${bytes}`,
  ]);
  const gains = entries.flatMap(([name, own]): [string, number][] => [
    [`macro-F1 of ${name}`, own.macroF1 - own.baseline.macroF1],
    [`accuracy of ${name}`, own.accuracy - own.baseline.accuracy],
  ]);
  return [
    tableOf(
      ['label', 'accuracy', 'rival', 'macro-F1', 'rival', "rival's C", 'bytes of the model'],
      rows,
    ),
    sentence('The Transformer', 'tf-idf', gains),
  ];
}

function guessLine(name: string, { error, errorOfOthers, share }: ReportedGuesses): string[] {
  return [name, toPercent(share), toKnown(error), toKnown(errorOfOthers)];
}

function reviewPart(reviews: ReportedScores | null): string[] {
  if (reviews === null) return ['No reviews were measured.'];
  const { baseline, scores } = reviews;
  const rows = Object.entries(scores).map(([name, { auc, others, yes }]) => [
    name,
    toKnown(auc),
    toKnown(baseline[name]?.auc),
    toKnown(reviews.trust[name]),
    `${yes}`,
    `${others}`,
  ]);
  const gains = Object.entries(scores).flatMap(([name, { auc }]): [string, number][] => {
    const rival = baseline[name]?.auc ?? null;
    return auc === null || rival === null ? [] : [[name, auc - rival]];
  });
  return [
    tableOf(
      ['score', 'area under the curve', 'rival', "encoder's part", 'said yes', 'others'],
      rows,
    ),
    sentence('The model', 'tf-idf', gains),
    encoderSentence(reviews.trust),
    'Where the model says that it is guessing, its scores are off by more:',
    tableOf(
      ['flag', 'share of texts', 'mean squared error', 'of the others'],
      [
        guessLine('`guessing`', reviews.guessing),
        guessLine('of it: too few words known', reviews.fewWordsKnown),
      ],
    ),
  ];
}

/** A score without the encoder is no success of the encoder's. */
function encoderSentence(trust: ReportedScores['trust']): string {
  const without = Object.keys(trust).filter((name) => trust[name] === 0);
  if (without.length === 0) return 'Held-out items gave the encoder a part in every score.';
  return `Held-out items gave the encoder no part in ${without.join(', ')}: there the linear path answers alone.`;
}

const SEGMENT_ROWS: readonly (readonly [string, (own: ReportedSegments) => string])[] = [
  ['held-out profiles, cosine of what comes back', (own) => toThree(own.heldOutCosine)],
  ['the same, guessed from behaviour alone', (own) => toThree(own.guessedCosine)],
  ['passed all guards', (own) => `${own.passed} of ${own.generations}`],
  ['refused', ({ refused }) => refusals(refused)],
  ['mean members', (own) => own.meanSupport.toFixed(0)],
  [
    'rank correlation of temperature and distance',
    (own) => toThree(own.temperatureRankCorrelation),
  ],
  [
    'mean coherence (random rows)',
    (own) => `${toThree(own.meanCoherence)} (${toThree(own.randomCoherence)})`,
  ],
  [
    'toward "cheaper": rows with a lower mean price',
    ({ towardCheaper: { asked, cheaper, passed } }) =>
      `${(cheaper * passed).toFixed(0)} of ${passed} (${asked} asked)`,
  ],
  ["their mean price, by the seed row's", (own) => toThree(own.towardCheaper.meanRatio)],
  ['training, seconds', (own) => (own.trainMs / 1000).toFixed(2)],
];

function refusals(refused: Readonly<Record<string, number>>): string {
  const parts = Object.entries(refused).map(([guard, count]) => `${guard} ${count}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function segmentPart(segments: GenerativeFigures['segments']): string[] {
  const entries = Object.entries(segments);
  if (entries.length === 0) return ['No catalog was measured.'];
  const head = entries.flatMap(([name]) => [`${name}, VAE`, `${name}, linear`]);
  const rows = SEGMENT_ROWS.map(([name, of]) => [
    name,
    ...entries.flatMap(([, { linear, vae }]) => [of(vae), of(linear)]),
  ]);
  const gains = entries.flatMap(([name, { linear, vae }]): [string, number][] => [
    [`reconstruction on ${name}`, vae.heldOutCosine - linear.heldOutCosine],
    [`guessing from behaviour on ${name}`, vae.guessedCosine - linear.guessedCosine],
    [
      `rank correlation on ${name}`,
      vae.temperatureRankCorrelation - linear.temperatureRankCorrelation,
    ],
    [`coherence on ${name}`, vae.meanCoherence - linear.meanCoherence],
  ]);
  return [tableOf(['', ...head], rows), sentence('The autoencoder', 'The linear model', gains)];
}

/**
 * Writes the page.
 *
 * @param figures - Of `npm run attributes` and `npm run segments`; a part may be missing.
 * @returns Markdown: a table and a sentence per part, the sentence from the figures alone.
 */
export function generativeReport(figures: GenerativeFigures): string {
  const parts = [
    '# Generative models beside their rivals',
    'Written by `npm run generative`; what is in it was measured, nothing was typed in. The figures ' +
      'are in [generative.json](generative.json).',
    '## Labels of titles',
    'The attribute Transformer beside tf-idf with logistic regression, whose penalty was chosen on ' +
      'held-out texts, on titles split 80/20 by a hash of the title.',
    ...labelPart(figures.labels),
    '## Scores of reviews',
    'All listed words are taken out of the texts; unseen items. The rival is tf-idf with logistic ' +
      'regression on the same targets, without a limit on its size.',
    ...reviewPart(figures.reviews),
    '## Segments',
    'The variational autoencoder beside the leading principal components of the same samples.',
    ...segmentPart(figures.segments),
  ];
  return `${parts.join('\n\n')}\n`;
}
