-- One row for each item; `data` is what the page gets.
create table if not exists items (
  id text primary key,
  position integer not null, -- the shop's own order
  data jsonb not null,
  words tsvector generated always as (
    setweight(to_tsvector('english', coalesce(data ->> 'title', '')), 'A') ||
    setweight(to_tsvector('english', coalesce(data ->> 'brand', '')), 'B') ||
    setweight(to_tsvector('english', coalesce(data ->> 'categoryPath', '')), 'B') ||
    setweight(to_tsvector('english', coalesce(data ->> 'description', '')), 'D')
  ) stored
);

create index if not exists items_words on items using gin (words);
create index if not exists items_categories on items using gin ((data -> 'categoryPath'));
create index if not exists items_position on items (position);
