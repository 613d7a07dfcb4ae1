-- The record in one SQLite file. This file documents it: what each table holds, where it comes from, what may be relied on.
--
-- Three kinds of tables. KEPT: what was read, one transaction a report, never changed by linking. DECIDED: what people
-- decided, never changed by a build. DERIVED: what linking made of both, brought up to date in one transaction.
-- Ids are content hashes: the same input gives the same ids. Offsets are Unicode code points, half-open.
-- Every derived row keeps its full form as JSON in `row`, exactly as `onrecord export --format jsonl` prints it
-- (docs/record.md); the other columns are taken from it for searching and joining. `position` is the order of export;
-- only its order means anything.

PRAGMA user_version = 4;  -- the version of this schema; a file with another one is refused with a clear error

-- KEPT ---------------------------------------------------------------------------------------------------------------

CREATE TABLE meta (             -- facts on the file as a whole: program version, parser, what was last linked
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (        -- one report
  number INTEGER PRIMARY KEY,   -- local to this file, for the full-text index; not stable between builds
  id TEXT NOT NULL UNIQUE,      -- hash of path and text
  path TEXT NOT NULL,           -- the file, below its input folder; in containers "pile.zip!a.html", "dump.jsonl#12"
  page TEXT NOT NULL UNIQUE,    -- hash of path and raw file: a page that is known under it is not read again
  title TEXT NOT NULL,          -- '' where none was found
  text TEXT NOT NULL,           -- the kept text, boilerplate included; all offsets are into it
  text_sha256 TEXT NOT NULL,
  value TEXT NOT NULL,          -- JSON of the document: parts, offset map, metadata with their basis; `text` left out
  reading_key TEXT NOT NULL,    -- hash of text, code, lexicon and parser weights that the reading was made with
  reading TEXT NOT NULL         -- JSON of what was read in it: mentions, times, places, quantities, statements, events
);
CREATE INDEX documents_path ON documents (path);
CREATE INDEX documents_keys ON documents (id, page, reading_key);  -- what a build asks of all, which lies behind texts

CREATE TABLE input_skips (      -- inputs that gave no report; replaced when the same path is built again
  path TEXT NOT NULL,
  stage TEXT NOT NULL,
  reason TEXT NOT NULL,         -- one of the fixed phrases in docs/inputs.md
  detail TEXT NOT NULL,
  PRIMARY KEY (path, stage, reason, detail)
) WITHOUT ROWID;

CREATE TABLE coded (            -- other coders' rows (GDELT, PLOVER, …), for `onrecord compare`; no part of the record itself
  id TEXT NOT NULL, origin TEXT NOT NULL,  -- their id, and the file and line it was read in
  row TEXT NOT NULL,            -- JSON of the row, as in model/coded.py
  PRIMARY KEY (id, origin)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE documents_search USING fts5 (  -- every report, of any language, by its words
  title, text, content='documents', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
  INSERT INTO documents_search (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
  INSERT INTO documents_search (documents_search, rowid, title, text)
  VALUES ('delete', old.number, old.title, old.text);
END;

-- DECIDED ------------------------------------------------------------------------------------------------------------

CREATE TABLE judgements (       -- a log: rows are added, never changed or deleted; an "undo" names the row it takes back
  id TEXT PRIMARY KEY,
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'merge', 'split', 'edit', 'undo')),
  subjects TEXT NOT NULL,       -- JSON list of the ids it is about
  by TEXT NOT NULL,             -- who
  at TEXT NOT NULL,             -- when, ISO 8601 UTC
  why TEXT NOT NULL,            -- the reason they gave
  edits TEXT NOT NULL DEFAULT '[]'  -- JSON list of [field, value]: what an "edit" puts in place of what was read
) WITHOUT ROWID;
CREATE TABLE notes (            -- remarks and tags on anything that has an id; a log as well: "takes_back" names a note
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  tags TEXT NOT NULL,           -- JSON list of words
  words TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  takes_back TEXT               -- the note that this row takes back, or NULL
) WITHOUT ROWID;
CREATE INDEX notes_subject ON notes (subject);
CREATE TABLE searches (         -- saved searches: a table of the record and what is wanted of it, as in a page's address
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  page TEXT NOT NULL,           -- "statements", "events", ...
  wanted TEXT NOT NULL,         -- the query part of the address
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  dropped INTEGER NOT NULL DEFAULT 0  -- 1 where it is no longer watched
) WITHOUT ROWID;
CREATE TABLE findings (         -- what each saved search has found so far, and when `onrecord watch` first saw it
  search TEXT NOT NULL, item TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (search, item)
) WITHOUT ROWID;

-- DERIVED ------------------------------------------------------------------------------------------------------------

CREATE TABLE reports (          -- documents as the record shows them: with lineage and inferred date
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL, outlet TEXT, language TEXT, published TEXT, lineage TEXT, title TEXT, row TEXT NOT NULL
);
CREATE INDEX reports_facets ON reports (outlet, language, lineage, published);
CREATE INDEX reports_lineage ON reports (lineage);
CREATE TABLE statements (       -- who said what: one attribution in one report
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL, actor TEXT, country TEXT, kind TEXT NOT NULL, cue_kind TEXT NOT NULL, said TEXT,
  certainty TEXT NOT NULL, outlet TEXT, statement_group TEXT NOT NULL, row TEXT NOT NULL
);
CREATE INDEX statements_document ON statements (document);
CREATE INDEX statements_actor ON statements (actor);
CREATE INDEX statements_group ON statements (statement_group);
CREATE INDEX statements_weakness ON statements ((actor IS NOT NULL) + (certainty <> 'unknown'));
CREATE INDEX statements_facets ON statements (cue_kind, kind, certainty, outlet, country, actor, said, document, id);
CREATE TABLE events (           -- who did what to whom: one mention of one event in one report, PLOVER types
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, date TEXT, event_group TEXT NOT NULL,
  quad INTEGER NOT NULL, outlet TEXT, place TEXT, place_country TEXT, score REAL NOT NULL, told_by TEXT NOT NULL,
  dated TEXT, goldstein REAL, row TEXT NOT NULL -- dated: what gives the date, as in its row's "by"
);
CREATE INDEX events_document ON events (document);
CREATE INDEX events_group ON events (event_group);
CREATE INDEX events_place ON events (place);
CREATE INDEX events_score ON events (score);
CREATE INDEX events_facets ON events (
  type, status, quad, outlet, place_country, place, date, event_group, document, id
);
CREATE TABLE participants (     -- the actors of events and statements, one row each, for joins and filters
  claim TEXT NOT NULL, role TEXT NOT NULL, actor TEXT NOT NULL, country TEXT,
  PRIMARY KEY (claim, role, actor)
) WITHOUT ROWID;
CREATE INDEX participants_actor ON participants (actor, role, claim);
CREATE INDEX participants_role ON participants (role, actor, claim);
CREATE TABLE mentions (         -- where each actor is named or pointed to; `id` is the mention's in its report's reading
  actor TEXT NOT NULL, document TEXT NOT NULL, start INTEGER NOT NULL, id TEXT NOT NULL, finish INTEGER NOT NULL,
  PRIMARY KEY (actor, document, start, id)
) WITHOUT ROWID;
CREATE INDEX mentions_document ON mentions (document, start, finish, actor, id);
CREATE TABLE figures (          -- amounts, grouped by what they measure
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL, unit TEXT NOT NULL, value REAL NOT NULL, figure_group TEXT NOT NULL,
  bound TEXT NOT NULL, outlet TEXT, date TEXT, row TEXT NOT NULL
);
CREATE INDEX figures_document ON figures (document);
CREATE INDEX figures_group ON figures (figure_group);
CREATE INDEX figures_facets ON figures (unit, bound, outlet, value, figure_group, document, id);
CREATE TABLE actors (           -- persons, states, organisations, groups, roles: one row for all their spellings
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, mentions INTEGER NOT NULL, sector TEXT, row TEXT NOT NULL
);
CREATE INDEX actors_facets ON actors (kind, country, sector, name, id);
CREATE INDEX actors_name ON actors (name COLLATE NOCASE);
CREATE TABLE lineages (         -- reports that descend from one text or wire: one source
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row TEXT NOT NULL
);
CREATE TABLE corroborations (   -- how many documents, outlets and lineages stand behind a group, and why that is said
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, of TEXT NOT NULL, lineages INTEGER NOT NULL, row TEXT NOT NULL
);
CREATE INDEX corroborations_of ON corroborations (of);
CREATE TABLE contradictions (   -- two claims that cannot both hold
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, row TEXT NOT NULL
);
CREATE TABLE opposed (          -- the claims of each contradiction, to find it by either
  claim TEXT NOT NULL, contradiction TEXT NOT NULL, PRIMARY KEY (claim, contradiction)
) WITHOUT ROWID;
CREATE TABLE timeline (         -- dated event groups and statements in order
  position INTEGER PRIMARY KEY, date TEXT NOT NULL, of TEXT NOT NULL, lineages INTEGER NOT NULL,
  precision TEXT NOT NULL, score REAL NOT NULL, type TEXT, quad INTEGER, row TEXT NOT NULL
);
CREATE INDEX timeline_of ON timeline (of);
CREATE INDEX timeline_facets ON timeline (date, type, quad, lineages, precision, score, of);
CREATE TABLE timeline_parties ( -- the actors of each dated event group, by either side, for lanes and pairs
  position INTEGER NOT NULL, role TEXT NOT NULL, actor TEXT NOT NULL, country TEXT,
  PRIMARY KEY (position, role, actor)
) WITHOUT ROWID;
CREATE INDEX timeline_parties_actor ON timeline_parties (actor, role, position);
CREATE TABLE skips (            -- all that was left out, inputs and parts of reports, with reasons
  position INTEGER PRIMARY KEY, document TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, row TEXT NOT NULL
);
CREATE TABLE groups (           -- claims of several reports that are one
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, members TEXT NOT NULL,  -- JSON list of claim ids
  documents INTEGER NOT NULL, lineages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX groups_weight ON groups (kind, lineages, documents);
CREATE TABLE written (          -- what the rows of each report, actor, lineage, … were made from, to see what changed
  kind TEXT NOT NULL, id TEXT NOT NULL,  -- many rows of a kind stand together: the id of the first of them
  position INTEGER NOT NULL,    -- how many rows of the kind stand before these
  fingerprint BLOB NOT NULL,    -- MessagePack: ids, positions, and hashes of all that each row rests on
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE kept (             -- what was worked out of a report's text, or found in an input file (`document` is then
                                -- a hash of the file), and need not be again; a cache
  kind TEXT NOT NULL, document TEXT NOT NULL,
  paired INTEGER NOT NULL,      -- 1 where it rests on another report's text as well
  value BLOB NOT NULL,          -- MessagePack, as the part of linking that made it has it
  PRIMARY KEY (kind, document)
);
CREATE INDEX kept_document ON kept (document);
CREATE INDEX kept_paired ON kept (paired) WHERE paired;
CREATE VIRTUAL TABLE statements_search USING fts5 (  -- statements by their words and speaker; rowid is the position
  id UNINDEXED, words, speaker, tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE events_search USING fts5 (  -- events by the words of their clause; rowid is the position
  id UNINDEXED, words, tokenize='unicode61 remove_diacritics 2'
);
