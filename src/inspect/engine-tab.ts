/**
 * The tab of the machine: devices, timings, storage, and what is kept and asked for.
 *
 * @packageDocumentation
 */
import type { Audit } from '../core/privacy.ts';
import type { Stats } from '../core/stats.ts';
import { bar } from './bars.ts';
import { type Child, facts, h, longId, part } from './dom.ts';
import type { Tab } from './panel.ts';
import { many, moment, size } from './words.ts';

function tierWords({ tiers }: Stats): string | null {
  const costs = Object.entries(tiers?.costs ?? {});
  if (costs.length === 0) return null;
  return costs
    .map(([tier, { fixedMs, msPerMillion }]) => {
      return `${tier} ${fixedMs.toFixed(2)} ms + ${msPerMillion.toFixed(2)} ms a million`;
    })
    .join('; ');
}

function devicePart(stats: Stats): HTMLElement {
  const { device, devicesLeft, gpuMs, tensors, worker } = stats;
  const left = devicesLeft.map((one) => `${one.device} (${one.code})`).join(', ');
  return part(
    'Device',
    facts([
      ['Worker', worker],
      ['Tier of the last feed', device],
      ['Left', left || null],
      ['Measured', tierWords(stats)],
      ['GPU', typeof gpuMs === 'number' && `${gpuMs.toFixed(2)} ms`],
      ['Tensors', String(tensors)],
      ['Feeds', String(stats.feeds)],
      ['Candidates', `${stats.candidates}, ${stats.scored} with synthetic scores`],
      ['Segments', String(stats.segments)],
      ['Pack', longId(stats.packId)],
    ]),
  );
}

function timingsPart({ timings }: Stats): HTMLElement {
  const entries = Object.entries(timings);
  const total = Math.max(1e-9, timings['total'] ?? 0);
  return part(
    'Timings of the last feed',
    h(
      'table',
      { class: 'parts', 'data-testid': 'timings' },
      h('caption', { class: 'unseen' }, 'Milliseconds by stage'),
      h(
        'tbody',
        {},
        entries.map(([stage, ms]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, stage),
            h('td', {}, bar(ms / total)),
            h('td', { class: 'number' }, `${ms.toFixed(1)} ms`),
          ),
        ),
      ),
    ),
  );
}

function storagePart(
  { eventsDropped, storage }: Stats,
  { consent, kept, storage: places }: Audit,
): HTMLElement {
  const { bytes, mode, reason, restored } = storage;
  const span =
    kept.oldest !== null && kept.newest !== null
      ? `${moment(kept.oldest)} to ${moment(kept.newest)}`
      : null;
  return part(
    'Storage',
    facts([
      ['Kept in', `${mode}, ${size(bytes)}`],
      ['Because', reason],
      ['Came back', restored && many(restored.events, 'interaction')],
      ['Consent', `${consent.state}${consent.by === null ? '' : `, said by ${consent.by}`}`],
      ['Observing', consent.isObserving ? 'yes' : 'no'],
      ['Interactions', `${kept.events}, of ${many(kept.items, 'item')}`],
      ['From', span],
      ['Left out', eventsDropped ? `${many(eventsDropped, 'interaction')}, too fast` : null],
    ]),
    h(
      'ul',
      { class: 'plain' },
      places.map(({ bytes: own, holds, kind, name }) =>
        h('li', {}, h('strong', {}, `${kind} ${name}`), ` ${size(own)}: ${holds}`),
      ),
    ),
  );
}

function requestsPart({ requests, stays }: Audit): readonly Child[] {
  return [
    part(
      'Addresses asked for',
      h(
        'ul',
        { class: 'plain' },
        requests.map(({ count, url, why }) =>
          h('li', {}, h('code', {}, url), ` ${count} ×, ${why}`),
        ),
      ),
    ),
    part(
      'What stays here',
      h(
        'ul',
        { class: 'plain' },
        stays.map((sentence) => h('li', {}, sentence)),
      ),
    ),
  ];
}

/** See the module's header. */
export const ENGINE_TAB: Tab = {
  id: 'engine',
  name: 'Engine',
  draw({ seen }) {
    const { audit, stats } = seen;
    return [devicePart(stats), timingsPart(stats), storagePart(stats, audit), requestsPart(audit)];
  },
};
