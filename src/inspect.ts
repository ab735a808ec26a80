/**
 * Vitrine's inspector, `vitrine/inspect`: a panel that shows what a page's feed is made of. Loaded on
 * demand, by `?vitrine=inspect` or a bookmarklet; shoppers never load it.
 *
 * @packageDocumentation
 */
import type { Vitrine } from './core/types.ts';
import { VitrineInspectorElement } from './inspect/inspector-element.ts';

const NAME = 'vitrine-inspector';

/** An instance of Vitrine, as `createVitrine` gives it. */
export interface InspectTarget {
  /** As in `Vitrine`. */
  readonly inspect: () => Promise<unknown>;
}

/** The open panel. */
export interface Inspector extends HTMLElement {
  /** Closes it; the page shows the visitor's own feed again. */
  close(): void;
}

/**
 * Opens the inspector on this page; an open one stays.
 *
 * @param vitrine - What is inspected; default the instance of the page's `<vitrine-feed>`, else the
 *   one that the page made last, as soon as there is one.
 * @returns The panel, behind all else of the document.
 * @example javascript:import('https://shop.example/vitrine/vitrine-inspect.js').then(m=>m.openInspector())
 */
export function openInspector(vitrine?: InspectTarget): Inspector {
  if (!customElements.get(NAME)) customElements.define(NAME, VitrineInspectorElement);
  const open = document.querySelector<VitrineInspectorElement>(NAME);
  const panel = open ?? (document.createElement(NAME) as VitrineInspectorElement);
  panel.inspect(vitrine as Vitrine | undefined);
  // A script in the head may be here before the body is.
  if (!open) document.documentElement.append(panel);
  return panel;
}
