/**
 * The frame of a report, and its pieces: tiles, tables, plots with a table behind each.
 *
 * @packageDocumentation
 */
import { type Child, h, type Markup, styleSheet } from './markup.ts';
import { STYLE } from './style.ts';

/** A number worth reading first. */
export interface Tile {
  /** The number with its unit. */
  readonly value: string;
  /** What it is. */
  readonly label: string;
}

/** A table: a head, and rows that begin with their name. */
export interface Table {
  /** What it shows. */
  readonly caption: string;
  /** Names of the columns, the first one too. */
  readonly head: readonly string[];
  /** As many cells as the head. */
  readonly rows: readonly (readonly string[])[];
  /** Rows to be stressed, by their first cell. */
  readonly own?: string;
}

/** A plot with its words. */
export interface Figure {
  /** One line. */
  readonly title: string;
  /** What to see, or how to read it. */
  readonly words?: string;
  /** The plot. */
  readonly plot: Markup;
  /** The same numbers. */
  readonly table: Table;
}

/**
 * A whole page.
 *
 * @param title - Of the page.
 * @param lead - One or two sentences.
 * @param content - The rest.
 * @returns HTML: one file that loads nothing and runs nothing.
 */
export function writePage(title: string, lead: Child, content: readonly Child[]): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  const head = h(
    'head',
    {},
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, title),
    styleSheet(STYLE),
  );
  const main = h('main', {}, h('h1', {}, title), h('p', { class: 'soft' }, lead), content);
  return `<!doctype html>\n${h('html', { lang: 'en' }, head, h('body', {}, main)).html}\n`;
}

/**
 * Numbers side by side.
 *
 * @param tiles - In their order.
 * @returns A list.
 */
export function tileRow(tiles: readonly Tile[]): Markup {
  const items = tiles.map(({ label, value }) =>
    h('li', {}, h('b', {}, value), h('span', {}, label)),
  );
  return h('ul', { class: 'tiles' }, items);
}

/**
 * A part of the page.
 *
 * @param title - Heading.
 * @param words - What to know before looking.
 * @param content - Plots and tables.
 * @returns A section.
 */
export function section(title: string, words: Child, ...content: Child[]): Markup {
  const lead = words === undefined ? undefined : h('p', { class: 'soft' }, words);
  return h('section', {}, h('h2', {}, title), lead, content);
}

/**
 * A table that scrolls by itself where it is too wide.
 *
 * @param table - See {@link Table}.
 * @returns A table in a box.
 */
export function tableOf(table: Table): Markup {
  const { caption, head, own, rows } = table;
  const cells = (row: readonly string[]): Markup[] =>
    row.map((cell, c) => (c === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, cell)));
  const body = rows.map((row) =>
    h('tr', { class: row[0] === own && own !== undefined ? 'own' : undefined }, cells(row)),
  );
  const content = h(
    'table',
    {},
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, ...head.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, body),
  );
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, content);
}

/**
 * A plot with its title, its words, and its numbers one click away.
 *
 * @param figure - See {@link Figure}.
 * @returns A figure.
 */
function figureOf(figure: Figure): Markup {
  const { plot, table, title, words } = figure;
  return h(
    'figure',
    {},
    h('figcaption', {}, h('b', {}, title), words === undefined ? undefined : h('p', {}, words)),
    plot,
    h('details', {}, h('summary', {}, 'The numbers'), tableOf(table)),
  );
}

/**
 * A plot with its numbers in full view beside it.
 *
 * @param figure - See {@link Figure}.
 * @returns A figure and a table.
 */
export function figureBesideTable(figure: Figure): Markup {
  const { plot, table, title, words } = figure;
  const caption = h('figcaption', {}, h('b', {}, title), h('p', {}, words));
  return h('div', { class: 'pair' }, h('figure', {}, caption, plot), tableOf(table));
}

/**
 * Figures side by side.
 *
 * @param figures - In their order.
 * @param isSmall - Whether they are many and small.
 * @returns A grid.
 */
export function plotGrid(figures: readonly Figure[], isSmall = false): Markup {
  return h('div', { class: isSmall ? 'plots small' : 'plots' }, figures.map(figureOf));
}

/**
 * A sentence that must not be missed.
 *
 * @param words - The sentence.
 * @returns A paragraph.
 */
export function noteOf(words: Child): Markup {
  return h('p', { class: 'note', role: 'note' }, words);
}
