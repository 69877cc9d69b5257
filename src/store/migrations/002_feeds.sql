-- Feeds: what failed is told by its kind and apart from what is only noted, what a feed calls itself is kept beside what
-- the user calls it, and a story belongs to every feed that has it.

-- What it calls itself; `title` is what the user calls it, empty where that is the same.
ALTER TABLE feeds ADD COLUMN name TEXT NOT NULL DEFAULT '';
-- What its entries are known under in `origins`: the address it had first, then `#` and the entry's own name.
ALTER TABLE feeds ADD COLUMN key TEXT NOT NULL DEFAULT '';
-- User name and password as a server wants them, `user:password`.
ALTER TABLE feeds ADD COLUMN login TEXT;
-- The kind of what `error` says: network, server, content, refused.
ALTER TABLE feeds ADD COLUMN failure TEXT;
-- What could not be read of it although the look did not fail.
ALTER TABLE feeds ADD COLUMN note TEXT;

UPDATE feeds SET key = coalesce(CASE WHEN json_valid(settings) THEN nullif(settings ->> '$.origin', '') END, url);
UPDATE feeds SET name = CASE title WHEN url THEN '' ELSE title END, title = ''
    WHERE NOT coalesce(CASE WHEN json_valid(settings) THEN settings ->> '$.own_title' END, 0);
UPDATE feeds SET note = error, error = NULL WHERE failures = 0;
UPDATE feeds SET failure = CASE WHEN error LIKE 'the server%' THEN 'server' WHEN error LIKE 'it %' THEN 'content'
    ELSE 'network' END WHERE error IS NOT NULL;

-- Articles that a feed has beside the one that brought them, which is `articles.feed`.
CREATE TABLE carried (
    feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (feed, article)
) WITHOUT ROWID, STRICT;
CREATE INDEX carried_by_article ON carried (article);
-- `$` is the character behind `#`.
INSERT OR IGNORE INTO carried (feed, article)
    SELECT f.id, o.article FROM feeds AS f
        JOIN origins AS o ON o.key > f.key || '#' AND o.key < f.key || '$'
        JOIN articles AS a ON a.id = o.article AND a.feed IS NOT f.id;
