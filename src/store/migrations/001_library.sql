-- The library as first released. A released migration is never edited: write the next one.
--
-- Days are counted from 1970-01-01, times are Unix seconds, offsets are bytes into a text. `content` is
-- Article::content_id read as a signed number; what belongs to a text rather than to a kept article (position,
-- highlights, corrections, marks) hangs on it, so that it works for files that were only opened.

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    -- Folded name and host: what `source:` looks in and what sources are sorted by.
    key TEXT NOT NULL,
    UNIQUE (name, host)
) STRICT;
CREATE INDEX sources_in_order ON sources (key, id);
INSERT INTO sources (id, name, host, key) VALUES (0, '', '', '');

CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    folder TEXT NOT NULL DEFAULT '',
    etag TEXT,
    last_modified TEXT,
    checked INTEGER,
    next_check INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    settings TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX feeds_due ON feeds (next_check);

CREATE TABLE articles (
    -- Never used again for another article, so that nobody acts on the wrong one.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- (day << 20) + number on that day: descending order is newest first without a sort, and neighbours in the
    -- full-text index, whose rowid it is, lie close together, which halves the index.
    ordinal INTEGER NOT NULL UNIQUE,
    content INTEGER NOT NULL UNIQUE,
    -- Hash of the words alone, for the same story in another file; NULL where there are too few to tell.
    story INTEGER,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    day INTEGER,
    source INTEGER NOT NULL REFERENCES sources (id),
    feed INTEGER REFERENCES feeds (id) ON DELETE SET NULL,
    url TEXT,
    fetched INTEGER NOT NULL,
    words INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    quotes INTEGER NOT NULL DEFAULT 0,
    voices INTEGER NOT NULL DEFAULT 0,
    -- Version of the engine that analysed it, 0 where none has.
    engine INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;
CREATE INDEX articles_by_title ON articles (title_key, ordinal DESC);
CREATE INDEX articles_by_source ON articles (source, ordinal DESC);
CREATE INDEX articles_by_voices ON articles (voices, ordinal);
CREATE INDEX articles_by_words ON articles (words, ordinal);
CREATE INDEX articles_by_feed ON articles (feed, read, ordinal) WHERE feed IS NOT NULL;
CREATE INDEX articles_by_engine ON articles (engine, ordinal);
CREATE INDEX articles_unread ON articles (ordinal) WHERE read = 0;
CREATE INDEX articles_starred ON articles (ordinal) WHERE starred = 1;

CREATE TABLE texts (
    ordinal INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Blocks, links and metadata, sealed with a hash.
    structure BLOB NOT NULL
) STRICT;
CREATE VIRTUAL TABLE fulltext USING fts5 (
    title, text,
    content = 'texts', content_rowid = 'ordinal',
    -- Beginnings of three letters; longer ones are few enough words to be looked up one by one.
    tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
);
-- A batch of articles goes into the index in one run.
INSERT INTO fulltext (fulltext, rank) VALUES ('hashsize', 8388608);

CREATE TABLE analyses (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    -- As the engine found it, before corrections; sealed with a hash.
    found BLOB NOT NULL
) STRICT;

-- Where articles were read from. A key is a path or address, with `#n` for the n-th article in a container.
CREATE TABLE origins (
    key TEXT PRIMARY KEY,
    -- Size and time of the file, hashed: the same stamp need not be read again.
    stamp INTEGER NOT NULL,
    -- NULL for a container, for what was no article, and for an article that was removed.
    article INTEGER REFERENCES articles (id) ON DELETE SET NULL,
    gone INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID, STRICT;
CREATE INDEX origins_by_article ON origins (article);
CREATE TABLE watched (path TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE taggings (
    tag INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, article)
) WITHOUT ROWID, STRICT;
CREATE INDEX taggings_by_article ON taggings (article);

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    -- The folded name; namesakes share it.
    key TEXT NOT NULL,
    kind INTEGER NOT NULL,
    gender INTEGER NOT NULL,
    -- Roles, company and names it was seen with, which tell namesakes apart; sealed with a hash.
    known BLOB NOT NULL,
    -- Over all its appearances.
    articles INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0,
    -- Whom a short name ("Leavitt") leads to, where the library knows one such person only.
    leads_to INTEGER REFERENCES people (id),
    -- Whom the user says it is.
    merged_into INTEGER REFERENCES people (id),
    -- 1 where the user keeps it apart, whatever its names say.
    apart INTEGER NOT NULL DEFAULT 0,
    -- The end of `leads_to` and `merged_into`: one person of the library is everything with the same root.
    root INTEGER NOT NULL
) STRICT;
CREATE INDEX people_by_key ON people (key);
CREATE INDEX people_by_root ON people (root, quotes, articles);
CREATE INDEX people_by_lead ON people (leads_to) WHERE leads_to IS NOT NULL;
CREATE INDEX people_by_merge ON people (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE name_words (
    word TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (word, person)
) WITHOUT ROWID, STRICT;
CREATE TABLE short_names (
    key TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (key, person)
) WITHOUT ROWID, STRICT;
CREATE TABLE appearances (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    -- Index into the article's corrected analysis.
    entity INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id),
    ordinal INTEGER NOT NULL,
    quotes INTEGER NOT NULL,
    PRIMARY KEY (article, entity)
) WITHOUT ROWID, STRICT;
CREATE INDEX appearances_by_person ON appearances (person, ordinal, quotes);
-- The user's word on who a name in one article is.
CREATE TABLE identities (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (article, key)
) WITHOUT ROWID, STRICT;

CREATE TABLE positions (
    content INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE marks (
    content INTEGER NOT NULL,
    letter TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (content, letter)
) WITHOUT ROWID, STRICT;

CREATE TABLE highlights (
    id INTEGER PRIMARY KEY,
    content INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    -- The words themselves, so that a highlight outlives its text.
    excerpt TEXT NOT NULL,
    note TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    day INTEGER,
    made INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    -- 0 where a new version of the text no longer holds the words.
    placed INTEGER NOT NULL DEFAULT 1,
    -- Hash of excerpt, note and facts: SQLite keeps none.
    seal INTEGER NOT NULL
) STRICT;
CREATE INDEX highlights_by_content ON highlights (content, start);

CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    content INTEGER NOT NULL,
    made INTEGER NOT NULL,
    correction TEXT NOT NULL,
    seal INTEGER NOT NULL
) STRICT;
CREATE INDEX corrections_by_content ON corrections (content);

CREATE TABLE queries (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    sort TEXT NOT NULL
) STRICT;
CREATE TABLE searches (
    query TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE preferences (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL,
    at INTEGER NOT NULL,
    label TEXT NOT NULL,
    -- What undoes it, sealed with a hash.
    steps BLOB NOT NULL
) STRICT;
-- Removed articles, until the journal forgets the removal.
CREATE TABLE removed (
    article INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
    record BLOB NOT NULL
) STRICT;
CREATE INDEX removed_by_entry ON removed (entry);
