/**
 * The tab that shows the page as a segment or a persona would see it, and back.
 *
 * @packageDocumentation
 */
import type { PreviewRequest } from '../core/preview.ts';
import type { Feed } from '../core/types.ts';
import { type Child, h, nothing, part } from './dom.ts';
import { candidatesOf, feedElement, requestOf } from './page.ts';
import type { Panel, Tab } from './panel.ts';
import { forcedLine, showFeed } from './show-feed.ts';

/**
 * Reads a persona: ids of items, or `segment=weight`.
 *
 * @param text - With commas between.
 * @returns As for `preview.persona`; shares when each entry has a weight, else ids.
 * @example readPersona('gardeners=3, home-cooks=1') // [{ segmentId: 'gardeners', weight: 3 }, …]
 */
export function readPersona(text: string): PreviewRequest {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const shares = entries.map((entry) => {
    const at = entry.lastIndexOf('=');
    return {
      segmentId: entry.slice(0, Math.max(0, at)).trim(),
      weight: Number(entry.slice(at + 1)),
    };
  });
  const isShares = shares.every(({ segmentId, weight }) => segmentId !== '' && weight > 0);
  return entries.length > 0 && isShares ? { persona: shares } : { persona: entries };
}

async function force(panel: Panel, preview: PreviewRequest, words: string): Promise<void> {
  await panel.attempt(async () => {
    const element = feedElement();
    const candidates = element && candidatesOf(element);
    if (!element || candidates === undefined) {
      panel.say('This page has no <vitrine-feed> with candidates to rank.');
      return;
    }
    const feed = await panel.vitrine.rerank(candidates, { ...requestOf(element), preview });
    if (feed.isPreview) showFeed(panel, feed, words);
    else panel.say(`Not made: ${feed.warnings[0]?.first ?? feed.reason}`);
  });
}

function segmentForm(panel: Panel): HTMLElement {
  const { segments } = panel.seen;
  const select = h(
    'select',
    { name: 'segment', 'data-key': 'segment', 'data-testid': 'force-segment' },
    segments.map(({ id, name }) => h('option', { value: id }, name)),
  );
  const form = h(
    'form',
    { class: 'ask' },
    h('label', {}, 'Segment ', select),
    h('button', { type: 'submit', 'data-key': 'force-segment' }, 'Show its page'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { value: segmentId } = select;
    const name = select.selectedOptions[0]?.textContent ?? segmentId;
    void force(panel, { segmentId }, `The page as a visitor of “${name}” would see it.`);
  });
  return form;
}

function personaForm(panel: Panel): HTMLElement {
  const { state } = panel;
  const field = h('input', {
    name: 'persona',
    autocomplete: 'off',
    spellcheck: 'false',
    value: state.persona,
    'aria-describedby': 'persona-help',
    'data-key': 'persona',
    'data-testid': 'force-persona',
  });
  const form = h(
    'form',
    { class: 'ask' },
    h('label', {}, 'Persona ', field),
    h('button', { type: 'submit', 'data-key': 'force-persona' }, 'Show its page'),
    h(
      'p',
      { class: 'quiet', id: 'persona-help' },
      'Ids of items that it looked at, oldest first, or segments with weights: gardeners=3, home-cooks=1.',
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    state.persona = field.value;
    const { value } = field;
    const preview = readPersona(value);
    void force(panel, preview, `The page as the persona “${value}” would see it.`);
  });
  return form;
}

/** On pages that draw rows by themselves. */
function listing(panel: Panel, { rows }: Feed): Child {
  return rows.map(({ items, title }) =>
    part(
      title,
      h(
        'ol',
        { class: 'plain' },
        items.map(({ itemId }) => h('li', {}, panel.titleOf(itemId))),
      ),
    ),
  );
}

/** See the module's header. */
export const FORCE_TAB: Tab = {
  id: 'force',
  name: 'Try as',
  draw(panel) {
    const { preview } = panel.state;
    return [
      part(
        'Somebody else’s page',
        h(
          'p',
          { class: 'quiet' },
          'The profile is neither read nor written, and nothing on the page is tracked meanwhile.',
        ),
        segmentForm(panel),
        personaForm(panel),
      ),
      forcedLine(panel) ?? nothing('The page shows the visitor’s own feed.'),
      preview && listing(panel, preview),
    ];
  },
};
