/**
 * Reports the look at this page's item. A script by itself, run before the others have come: who
 * stays for a moment only has looked, too.
 */
import { report } from './engine.js';
import { pageItem } from './page-item.js';

const item = pageItem();
// With the whole record, so that the profile knows what was looked at without another list.
if (item !== null) void report({ type: 'view_item', items: [item] });
