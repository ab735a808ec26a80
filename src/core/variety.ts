/**
 * Limits of variety. Types only.
 *
 * @packageDocumentation
 */

/** How many items of one kind may stand together in rows that the profile made. */
export interface VarietyOptions {
  /**
   * Most items of one brand in a row, 1 or more. Default: a quarter of the row, at least 2; more
   * where the brand has a larger share of the visitor's interest or of what the row can choose from,
   * or where nothing else is there.
   */
  readonly brandPerRow?: number;
  /** The same for the most special category of an item. Default as for brands. */
  readonly categoryPerRow?: number;
  /** Most items of one brand in all such rows of a page. Default: a fifth of the places, or more. */
  readonly brandPerPage?: number;
  /** The same for the most special category of an item. */
  readonly categoryPerPage?: number;
  /** Whether variants of one product (colour, size) may stand in one row. Default false. */
  readonly variants?: boolean;
}
