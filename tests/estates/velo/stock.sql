-- The stock of Vélos Mercier. REF is padded with blanks to 10; DEPOT three letters; STATUT: D (or d) disponible, S suspendu, F fin de série;
-- POIDS is a text with a decimal comma, in kilograms; MAJ is local time Europe/Paris, yyyyMMddHHmmss.
CREATE TABLE ARTICLE_STOCK (
  REF     CHAR(10)    NOT NULL,
  DEPOT   CHAR(3)     NOT NULL,
  QTE     INTEGER     NOT NULL,
  RESERVE INTEGER     NOT NULL,
  STATUT  CHAR(1)     NOT NULL,
  POIDS   VARCHAR(10),
  MAJ     CHAR(14)    NOT NULL,
  PRIMARY KEY (REF, DEPOT)
);
-- A reservation by the order's number; ETAT: V valide, A annulée.
CREATE TABLE RESA (
  NUMERO CHAR(24) NOT NULL PRIMARY KEY,
  ETAT   CHAR(1)  NOT NULL,
  CREEE  CHAR(14) NOT NULL
);
CREATE TABLE RESA_LIGNE (
  NUMERO CHAR(24) NOT NULL,
  LIGNE  INTEGER  NOT NULL,
  REF    CHAR(10) NOT NULL,
  DEPOT  CHAR(3)  NOT NULL,
  QTE    INTEGER  NOT NULL,
  PRIMARY KEY (NUMERO, LIGNE)
);
INSERT INTO ARTICLE_STOCK VALUES
  ('VM-1042   ', 'PAR', 7, 2, 'D', '12,500', '20261123101500'),
  ('VM-1042   ', 'LYO', 1, 1, 'd', '12,500', '20260701001500'),
  ('VM-2001   ', 'PAR', 3, 0, 'D', '0,350',  '20261101080000'),
  ('VM-2001   ', 'LYO', 4, 0, 'S', '0,350',  '20261101080000'),
  ('VM-9000   ', 'PAR', 2, 0, 'F', NULL,     '20251231235959');
