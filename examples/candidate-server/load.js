/** Puts a catalog into the database: `node load.js products.json`. What is not in the file goes. */
import { readFileSync } from 'node:fs';
import pg from 'pg';

const items = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const client = new pg.Client();
await client.connect();
await client.query(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
await client.query('begin');
await client.query('delete from items');
await client.query(
  `insert into items (id, position, data)
   select item ->> 'id', position, item
   from jsonb_array_elements($1) with ordinality as list (item, position)`,
  [JSON.stringify(items)],
);
await client.query('commit');
await client.end();
console.log(`${items.length} items`);
