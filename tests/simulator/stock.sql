-- The stock system's schema (Lagerbestand), as the legacy vendor left it.
-- ARTNR is padded with blanks to 18; LAG is the store's number (7 = ST-0007); decimals for pieces; WE_DAT is yyyyMMdd as a
-- number with 0 and 99991231 for 'none'; UPD is local time Europe/Berlin; KZ: A or blank sellable, S or Q blocked,
-- L discontinued.
CREATE TABLE LAGBST (
  ARTNR  CHAR(18)      NOT NULL,
  LAG    INTEGER       NOT NULL,
  BEST   DECIMAL(9,3)  NOT NULL,
  RES    DECIMAL(9,3),
  SICH   DECIMAL(9,3),
  KZ     CHAR(1)       NOT NULL,
  ME     CHAR(2)       NOT NULL,
  WE_DAT DECIMAL(8)    NOT NULL,
  UPD    TIMESTAMP     NOT NULL,
  PRIMARY KEY (ARTNR, LAG)
);
-- A reservation: header RESKOPF by the order's id, positions RESPOS. STATUS: A active, S released (storniert).
CREATE TABLE RESKOPF (
  RESNR    CHAR(40)  NOT NULL PRIMARY KEY,
  STATUS   CHAR(1)   NOT NULL,
  ANGELEGT TIMESTAMP NOT NULL
);
CREATE TABLE RESPOS (
  RESNR CHAR(40)     NOT NULL,
  POS   CHAR(3)      NOT NULL,
  ARTNR CHAR(18)     NOT NULL,
  LAG   INTEGER      NOT NULL,
  MENGE DECIMAL(9,3) NOT NULL,
  PRIMARY KEY (RESNR, POS)
);
-- Stores and warehouses (Filialstamm). TYP: Z central warehouse, F store. GLN may be blank. ASCII only, umlauts written out.
CREATE TABLE FIL (
  LAG   INTEGER  NOT NULL PRIMARY KEY,
  BEZ   CHAR(40) NOT NULL,
  TYP   CHAR(1)  NOT NULL,
  GLN   CHAR(13) NOT NULL,
  PLZ   CHAR(10) NOT NULL,
  ORT   CHAR(30) NOT NULL,
  ABHOL CHAR(1)  NOT NULL
);
-- Goods that came back: header RUECK by the return's number, positions RUECKPOS. STATUS: B booked, S taken back (storniert).
-- ZUST: A as new, back to BEST in the same transaction; B to be refurbished; C scrap. GRUND: 01 to 05, 99.
CREATE TABLE RUECK (
  RUECKNR CHAR(40)  NOT NULL PRIMARY KEY,
  RESNR   CHAR(40)  NOT NULL,
  GRUND   CHAR(2)   NOT NULL,
  STATUS  CHAR(1)   NOT NULL,
  GEBUCHT TIMESTAMP NOT NULL
);
CREATE TABLE RUECKPOS (
  RUECKNR CHAR(40)     NOT NULL,
  POS     CHAR(3)      NOT NULL,
  ARTNR   CHAR(18)     NOT NULL,
  LAG     INTEGER      NOT NULL,
  MENGE   DECIMAL(9,3) NOT NULL,
  ZUST    CHAR(1)      NOT NULL,
  PRIMARY KEY (RUECKNR, POS)
);
-- LAGBST as the nightly run found it; SNAPDAT is yyyyMMdd as a number. A run that is repeated replaces its day.
CREATE TABLE LAGSNAP (
  SNAPDAT DECIMAL(8)   NOT NULL,
  ARTNR   CHAR(18)     NOT NULL,
  LAG     INTEGER      NOT NULL,
  BEST    DECIMAL(9,3) NOT NULL,
  RES     DECIMAL(9,3) NOT NULL,
  SICH    DECIMAL(9,3) NOT NULL,
  KZ      CHAR(1)      NOT NULL,
  PRIMARY KEY (SNAPDAT, ARTNR, LAG)
);
-- What stores' own module added: street and country, the day on which a place closed for good (yyyyMMdd as a number, 0: it is
-- open), and what can be done there. LEIST: AB goods are collected, RT returns are taken, VS goods are sent from there.
CREATE TABLE FILADR (
  LAG  INTEGER    NOT NULL PRIMARY KEY,
  STR  CHAR(40)   NOT NULL,
  LAND CHAR(2)    NOT NULL,
  ZU   DECIMAL(8) NOT NULL
);
CREATE TABLE FILLEIST (
  LAG   INTEGER NOT NULL,
  LEIST CHAR(2) NOT NULL,
  PRIMARY KEY (LAG, LEIST)
);
-- Orders that are collected at a store, one for each order and store. STATUS: O open, B ready, A collected, V expired, S cancelled.
-- BIS: kept until this day (yyyyMMdd as a number), known to the customer once it is ready. VERS counts the changes. NAME is wiped when
-- it is done with. Positions have the numbers of RESPOS; GEFUNDEN is what the store has found, GEHOLT what the customer took.
CREATE TABLE ABHOLUNG (
  ABHNR    CHAR(20)   NOT NULL PRIMARY KEY,
  RESNR    CHAR(40)   NOT NULL,
  LAG      INTEGER    NOT NULL,
  STATUS   CHAR(1)    NOT NULL,
  NAME     CHAR(60),
  CODE     CHAR(12)   NOT NULL,
  PLATZ    CHAR(20),
  BIS      DECIMAL(8) NOT NULL,
  ANGELEGT TIMESTAMP  NOT NULL,
  BEREIT   TIMESTAMP  NULL,
  GEHOLTAM TIMESTAMP  NULL,
  VERFALLEN TIMESTAMP NULL,
  VERS     INTEGER    NOT NULL
);
CREATE TABLE ABHPOS (
  ABHNR    CHAR(20)     NOT NULL,
  POS      CHAR(3)      NOT NULL,
  ARTNR    CHAR(18)     NOT NULL,
  MENGE    DECIMAL(9,3) NOT NULL,
  GEFUNDEN DECIMAL(9,3),
  GEHOLT   DECIMAL(9,3),
  PRIMARY KEY (ABHNR, POS)
);
-- Returns that are announced: what is to come back, before it is booked into RUECK. STATUS: A announced, E arrived, B judged,
-- V expired. WEG: P by post from the country LAND, F to the store LAG. BIS: the last day (yyyyMMdd as a number). VORGANG: under which
-- the announcement came. GRUND as in RUECK: 01 unwanted, 02 wrong size, 03 wrong article, 04 damaged, 05 defective, 06 too late,
-- 99 other. ERHALTEN: pieces that have come; ZUST how they look: N as new, O opened, G used, B damaged, F missing.
-- A judged position is booked in RUECKPOS under POS and ZUST: position 001 as new is '01A', to be refurbished '01B', scrap '01C'.
CREATE TABLE RMAKOPF (
  RMANR    CHAR(40)   NOT NULL PRIMARY KEY,
  LFD      INTEGER    NOT NULL UNIQUE,
  RESNR    CHAR(40)   NOT NULL,
  STATUS   CHAR(1)    NOT NULL,
  WEG      CHAR(1)    NOT NULL,
  LAND     CHAR(2),
  LAG      INTEGER,
  BIS      DECIMAL(8) NOT NULL,
  ANGELEGT TIMESTAMP  NOT NULL,
  EINGANG  TIMESTAMP  NULL,
  EINGLAG  INTEGER,
  VORGANG  CHAR(64)   NOT NULL,
  VERS     INTEGER    NOT NULL
);
CREATE TABLE RMAPOS (
  RMANR    CHAR(40)     NOT NULL,
  POS      CHAR(3)      NOT NULL,
  ARTNR    CHAR(18)     NOT NULL,
  MENGE    DECIMAL(9,3) NOT NULL,
  GRUND    CHAR(2)      NOT NULL,
  BEM      VARCHAR(500),
  ERHALTEN DECIMAL(9,3),
  ZUST     CHAR(1),
  PRIMARY KEY (RMANR, POS)
);
-- The calendar of the house: a day (yyyyMMdd as a number) and its running number, for terms in days.
CREATE TABLE KALTAG (
  TAG DECIMAL(8) NOT NULL PRIMARY KEY,
  LFD INTEGER    NOT NULL
);
