/** Finds candidates. This file is all that knows of PostgreSQL: another engine takes its place here. */
import pg from 'pg';

/** Connects by the usual variables: PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE. */
const pool = new pg.Pool();

const FIND = `
  select data from items
  where ($1::text is null or words @@ websearch_to_tsquery('english', $1))
    and ($2::text is null or data -> 'categoryPath' ? $2)
  order by
    case when $1::text is null then 0
         else ts_rank_cd(words, websearch_to_tsquery('english', $1)) end desc,
    position
  limit $3`;

/** Candidates for a search or a category, best first; without either, the shop's own order. */
export async function find({ query, category, limit }) {
  const { rows } = await pool.query(FIND, [query, category, limit]);
  return rows.map(({ data }) => data);
}
