/**
 * The form in which a merchant corrects what the columns of a catalog hold.
 */
import { FIELDS, changedMapping } from './bring-mapping.js';
import { byRole, make } from './dom.js';

/** @typedef {import('./bring-mapping.js').FieldName} FieldName */
/** @typedef {import('./bring-mapping.js').Mapping} Mapping */
/** @typedef {import('./bring-read.js').Catalog} Catalog */

const SAMPLE_CHARS = 60;
/** Records that are looked through for an example. */
const SAMPLED = 20;

/**
 * Shows the form; it opens by itself when the titles were not found.
 *
 * @param {Catalog} catalog - As read.
 * @param {(mapping: Mapping) => void} onChange - Told of each correction.
 */
export function showMapping(catalog, onChange) {
  let { mapping } = catalog;
  const fields = [...FIELDS].map(([field, label]) => {
    const sample = make('span', { class: 'mapping-sample' });
    const select = make(
      'select',
      { 'data-testid': `map-${field}` },
      make('option', { value: '' }, 'Not there'),
      catalog.columns.map((column) => make('option', { value: column }, column)),
    );
    select.value = mapping.get(field) ?? '';
    const showSample = () => sample.replaceChildren(sampleOf(catalog, select.value));
    select.addEventListener('change', () => {
      mapping = changedMapping(mapping, field, select.value);
      showSample();
      onChange(mapping);
    });
    showSample();
    return make('label', { class: 'field' }, make('span', {}, label), select, sample);
  });
  byRole('mapping-fields')?.replaceChildren(...fields);
  byRole('mapping')?.toggleAttribute('open', !mapping.has('title') && catalog.columns.length > 0);
}

/**
 * @param {Catalog} catalog - As read.
 * @param {string} column - A name.
 * @returns {string} What stands in it first.
 */
function sampleOf({ found }, column) {
  for (const { fields } of found.slice(0, SAMPLED)) {
    const value = fields?.get(column);
    const parts = Array.isArray(value) ? value : [value];
    const text = parts.filter(isShown).join(', ').trim();
    if (text !== '') return text.length > SAMPLE_CHARS ? `${text.slice(0, SAMPLE_CHARS)}…` : text;
  }
  return '';
}

/**
 * @param {unknown} value - From a record.
 * @returns {value is string | number} Whether it can be shown as it is.
 */
function isShown(value) {
  return typeof value === 'string' || typeof value === 'number';
}
