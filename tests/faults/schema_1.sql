-- SPDX-License-Identifier: MIT
-- A history of schema 1, as it is written to disk: three records, the last one deleted, and a draft. The answers are invented.
-- It stays as it is, whatever later schemas look like.
pragma application_id=1098151022;
pragma user_version=1;
BEGIN TRANSACTION;
CREATE TABLE definitions(      -- each text once, for all that was asked with it
  sha256 text primary key not null,  -- of the text, 64 hexadecimal digits
  questionnaire text not null,
  version text not null,
  text text not null
) strict;
INSERT INTO "definitions" VALUES('7e9689d98e11508a0628ecaad5a08eaf2926e4539bd336f78194f745c7b9e5ac','five','1.0.0','format = 1

[questionnaire]
id = "five"
version = "1.0.0"
title = "Five statements"
summary = "For proofs that no answer is lost."
instructions = "Answer as it comes."
language = "en"
status = "made for tests"
source = "Written for attune"
license = "CC0-1.0"

[[response_scales]]
id = "agreement"
min = 1
max = 7
labels = { 1 = "disagree", 7 = "agree" }

[[scales]]
id = "mood"
name = "Mood"
low = "low"
high = "high"

[[items]]
id = "m1"
text = "I slept well."
scale = "mood"

[[items]]
id = "m2"
text = "I laughed today."
scale = "mood"

[[items]]
id = "m3"
text = "I went outside."
scale = "mood"

[[items]]
id = "m4"
text = "I called a friend."
scale = "mood"

[[items]]
id = "m5"
text = "I ate something warm."
scale = "mood"
');
CREATE TABLE draft_answers(
  draft integer not null references drafts(id),
  position integer not null,         -- in the order to ask, from 0
  item text not null,
  kind text not null,                -- skipped | number | choices | text
  value text not null,               -- choices are joined by +
  seconds real not null,             -- to the first answer; 0 = not measured
  checksum integer not null,
  primary key(draft, position)
) strict, without rowid;
INSERT INTO "draft_answers" VALUES(1,0,'m1','number','4',0.0,3752680033999991952);
INSERT INTO "draft_answers" VALUES(1,1,'m2','number','2',0.0,3037373989817979931);
CREATE TABLE drafts(           -- unfinished administrations
  id integer primary key autoincrement,  -- never used again, so that no late answer goes astray
  questionnaire text not null,
  version text not null,
  sha256 text not null references definitions(sha256),
  form text not null,
  language text not null,
  about text,
  started_us integer not null,       -- UTC microseconds since 1970
  started_offset integer not null,   -- minutes east of UTC
  item_order text not null,          -- ids in the order to ask, a space between
  checksum integer not null          -- of the row, to notice damage
) strict;
INSERT INTO "drafts" VALUES(1,'five','1.0.0','7e9689d98e11508a0628ecaad5a08eaf2926e4539bd336f78194f745c7b9e5ac','full','en',NULL,1777788000000000,120,'m1 m2 m3 m4 m5',-3798859068483976965);
CREATE TABLE events(           -- what was done to the history since; added to, never changed
  number integer primary key autoincrement,  -- the order in which it happened
  at_us integer not null,
  at_offset integer not null,
  kind text not null,                -- deleted | imported | discarded | tried | rescored | undone
  questionnaire text not null,       -- of a step that was tried; else empty
  subjects text not null,            -- record ids, a draft, a step or an event; a space between
  detail text not null,              -- how a step went, or the definition to score with
  checksum integer not null
) strict;
INSERT INTO "events" VALUES(1,1777698360000000,120,'deleted','','0qkjn8cwwj','',-8628082613982171913);
CREATE TABLE records(          -- completed administrations
  sequence integer primary key autoincrement,  -- this alone orders them
  id text not null unique,
  questionnaire text not null,
  version text not null,
  sha256 text not null references definitions(sha256),
  form text not null,
  language text not null,
  about text,
  started_us integer not null,
  started_offset integer not null,
  taken_us integer not null,
  taken_offset integer not null,
  answers text not null,             -- JSON, in the order shown: [[item, answer, seconds], ...];
                                     -- answer: number, null (skipped), [choice, ...] or "text"
  note text not null,
  checksum integer not null
) strict;
INSERT INTO "records" VALUES(1,'mz4k8g471s','five','1.0.0','7e9689d98e11508a0628ecaad5a08eaf2926e4539bd336f78194f745c7b9e5ac','full','en',NULL,1772352840000000,60,1772352840000000,60,'[["m1",5,0],["m2",3,0],["m3",6,0],["m4",2,0],["m5",7,0]]','',-691402571672606485);
INSERT INTO "records" VALUES(2,'dwcc2t8k0h','five','1.0.0','7e9689d98e11508a0628ecaad5a08eaf2926e4539bd336f78194f745c7b9e5ac','full','en',NULL,1775158800000000,120,1775158800000000,120,'[["m1",1,0],["m2",null,0],["m3",2,0],["m4",6,0],["m5",4,0]]','',-5868876554151717334);
INSERT INTO "records" VALUES(3,'0qkjn8cwwj','five','1.0.0','7e9689d98e11508a0628ecaad5a08eaf2926e4539bd336f78194f745c7b9e5ac','full','en',NULL,1777698300000000,120,1777698300000000,120,'[["m1",7,0],["m2",7,0],["m3",6,0],["m4",5,0],["m5",4,0]]','',6723364578338999955);
CREATE INDEX records_by_time on records(questionnaire, taken_us);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('records',3);
INSERT INTO "sqlite_sequence" VALUES('events',1);
INSERT INTO "sqlite_sequence" VALUES('drafts',1);
COMMIT;
