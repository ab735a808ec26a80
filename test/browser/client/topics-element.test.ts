import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { VitrineFeedElement } from '../../../src/client/feed-element.ts';
import { defineFeedElement } from '../../../src/client/vitrine-feed.ts';
import type { Feed, FeedReason, Profile, Segment, Vitrine } from '../../../src/core/types.ts';

const SEGMENTS = [
  ['garden', 'Garden', 30],
  ['tech', 'Tech', 60],
  ['rare', 'Rare things', 4],
  ['luxury', 'Luxury', 12],
].map(([id, name, support]) => ({ id, name, support })) as unknown as Segment[];

const feedOf = (reason: FeedReason, kind: 'followed' | 'inferred' | 'server'): Feed =>
  ({
    rows: [{ id: 'r', title: 'R', kind, why: '', items: [] }],
    order: [],
    reason,
    personalized: kind !== 'server',
  }) as unknown as Feed;

/** An instance that follows, and answers with one feed. */
const fake = (feed: Feed, known: Profile['segments'] = []): Vitrine & { calls: string[] } => {
  const calls: string[] = [];
  const note = (call: string) => async (id: string) => void calls.push(`${call} ${id}`);
  return {
    calls,
    rerank: async () => {
      calls.push('rerank');
      return feed;
    },
    profile: { get: async () => ({ segments: known }) },
    segments: { list: async () => SEGMENTS, follow: note('follow'), unfollow: note('unfollow') },
  } as unknown as Vitrine & { calls: string[] };
};

async function open(vitrine: Vitrine, attributes = ''): Promise<HTMLElement> {
  document.body.innerHTML = `<vitrine-topics ${attributes}></vitrine-topics><vitrine-feed></vitrine-feed>`;
  const element = document.querySelector('vitrine-feed') as VitrineFeedElement;
  element.candidates = [{ id: 'a' }];
  element.vitrine = vitrine;
  await vi.waitFor(() => expect(element.feed).toBeDefined());
  const topics = document.querySelector('vitrine-topics') as HTMLElement;
  // Drawn or not, after the questions that come with it.
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  return topics;
}
const buttons = (topics: HTMLElement): HTMLButtonElement[] => [
  ...topics.querySelectorAll('button'),
];

beforeAll(defineFeedElement);
afterEach(() => document.body.replaceChildren());

it('offers a new visitor the segments that have most items here', async () => {
  const topics = await open(fake(feedOf('COLD_START', 'server')));
  expect(topics.hidden).toBe(false);
  expect(topics.querySelector('legend')?.textContent).toBe('What are you looking for?');
  expect(buttons(topics).map(({ textContent }) => textContent)).toEqual([
    'Tech',
    'Garden',
    'Luxury',
  ]);
});

it('follows what is pressed, lets go of it again, and has the feed made anew', async () => {
  const vitrine = fake(feedOf('COLD_START', 'server'));
  const [tech] = buttons(await open(vitrine));
  vitrine.calls.splice(0);
  tech!.click();
  expect(tech!.ariaPressed).toBe('true');
  await vi.waitFor(() => expect(vitrine.calls).toEqual(['follow tech', 'rerank']));
  tech!.click();
  expect(tech!.ariaPressed).toBe('false');
  await vi.waitFor(() => expect(vitrine.calls.slice(2)).toEqual(['unfollow tech', 'rerank']));
});

it('shows what a returning visitor follows, and leaves out what is blocked', async () => {
  const known = [
    { segmentId: 'garden', weight: 0, name: 'Garden', followed: true, blocked: false, factor: 1 },
    { segmentId: 'tech', weight: 0, name: 'Tech', followed: false, blocked: true, factor: 1 },
  ];
  const topics = await open(fake(feedOf('PERSONALIZED', 'followed'), known));
  expect(buttons(topics).map((button) => [button.textContent, button.ariaPressed])).toEqual([
    ['Garden', 'true'],
    ['Luxury', 'false'],
  ]);
});

it('does not ask a visitor who is known, unless the page wants it to', async () => {
  const known = feedOf('PERSONALIZED', 'inferred');
  expect((await open(fake(known))).hidden).toBe(true);
  const topics = await open(fake(known), 'always max="1" label="Pick one"');
  expect(topics.hidden).toBe(false);
  expect(buttons(topics)).toHaveLength(1);
  expect(topics.querySelector('legend')?.textContent).toBe('Pick one');
});
