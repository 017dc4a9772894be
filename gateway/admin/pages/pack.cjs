// Packs Redoc's one file for the binary: takes out the only address that it would call by itself, and compresses it.
// node pack.cjs FROM TO.gz
const fs = require("fs");
const zlib = require("zlib");

const [from, to] = process.argv.slice(2);
const logo = '"https://cdn.redoc.ly/redoc/logo-mini.svg"';
const script = fs.readFileSync(from, "utf8");
const pieces = script.split(logo);
if (pieces.length !== 2) {
  console.error(`${from}: ${pieces.length - 1} places load ${logo}, where one is known: look at this version again`);
  process.exit(1);
}
fs.writeFileSync(to, zlib.gzipSync(pieces.join('"data:,"'), { level: 9 }));
