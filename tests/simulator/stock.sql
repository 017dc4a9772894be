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
