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
