/**
 * A segment with the visitor's share in it, and the ways to correct that.
 *
 * @packageDocumentation
 */
import type { Profile } from '../core/types.ts';
import type { Deed, Desk } from './desk.ts';
import { bar, button, make, setShare } from './make.ts';
import { amountKey } from './words.ts';

type ProfileSegment = Profile['segments'][number];

/** A line of the drawer. */
export interface SegmentLine {
  /** Its list entry. */
  readonly element: HTMLElement;
  /** Shows another share; everything stays where it is. */
  update(segment: ProfileSegment): void;
}

/** Follow, mute: pressed or not. A pressed one takes it back. */
function toggles({ act, text }: Desk, segment: ProfileSegment): HTMLElement[] {
  const { blocked, followed, name, segmentId } = segment;
  const toggle = (
    does: 'follow' | 'mute',
    isPressed: boolean,
    method: 'follow' | 'block',
  ): HTMLElement => {
    const action = text.say(does);
    const label = text.say('labelOf', { action, name });
    const run: Deed['run'] = async ({ segments }) => {
      await segments[isPressed ? 'unfollow' : method](segmentId);
      return text.say(`${does}${isPressed ? 'Ended' : 'Started'}`, { name });
    };
    return button(action, `${does} ${segmentId}`, () => void act({ change: does, run }), {
      'aria-pressed': String(isPressed),
      'aria-label': label,
    });
  };
  return [toggle('follow', followed, 'follow'), toggle('mute', blocked, 'block')];
}

/**
 * Makes a segment's line: name, share, a slider from none to twice of it, follow, mute.
 *
 * @param desk - See {@link Desk}.
 * @param segment - Of the profile.
 * @returns See {@link SegmentLine}.
 */
export function segmentLine(desk: Desk, segment: ProfileSegment): SegmentLine {
  const { act, text } = desk;
  const { blocked, factor, name, segmentId } = segment;
  const share = make('span', { class: 'number', part: 'number' });
  const meter = bar(0);
  const words = make('span', { part: 'quiet', 'aria-hidden': 'true' });
  const range = make('input', {
    type: 'range',
    min: '0',
    max: '2',
    step: '0.25',
    part: 'slider',
    'data-key': `amount ${segmentId}`,
    'aria-label': text.say('amount', { name }),
    disabled: blocked,
  });
  range.value = String(factor);
  const tell = (): string => {
    const amount = text.say(amountKey(range.valueAsNumber));
    words.textContent = blocked || range.valueAsNumber === 1 ? '' : amount;
    range.ariaValueText = amount;
    return amount;
  };
  range.addEventListener('input', tell);
  range.addEventListener('change', () => {
    const amount = tell();
    const weights = { [segmentId]: range.valueAsNumber };
    void act({
      change: 'amount',
      isSmall: true,
      run: async ({ profile }) => {
        await profile.set({ weights });
        return text.say('changed', { name, amount });
      },
    });
  });
  const update = ({ weight }: ProfileSegment): void => {
    share.textContent = text.percent(weight);
    setShare(meter.firstElementChild as HTMLElement, weight);
  };
  tell();
  update(segment);
  const [follow, mute] = toggles(desk, segment) as [HTMLElement, HTMLElement];
  const slide = make('div', { class: 'slide' }, range, follow, mute);
  // Of a category that was looked at: its row came by itself, and is here because it was muted.
  const isOwn = segmentId.startsWith('visitor:');
  const element = make(
    'li',
    {
      class: `${isOwn ? 'slide' : 'line'}${blocked ? ' muted' : ''}`,
      part: 'segment',
      'data-segment-id': segmentId,
    },
    make('span', { class: 'name' }, name, ' ', words),
    isOwn ? mute : [share, meter, slide],
  );
  return { element, update };
}
