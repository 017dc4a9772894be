// The peer of ./dev bench schema, in the same steps as headgate-schema-bench.
//   node ajv_bench.cjs compile SCHEMA OUT NAME=FILE...   contracts as JSON -> a standalone validator of one schema in them
//   node ajv_bench.cjs run VALIDATOR DOCUMENT SECONDS    nanoseconds a validation: the median of batches of about 1 ms
"use strict";
const fs = require("fs");
const path = require("path");
const [command, ...words] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [process.cwd()] }));

function compile(schema, out, files) {
  const Ajv = load("ajv/dist/2020").default;
  // What the contract says of a message, as Headgate asserts it: formats too; x-... are annotations.
  const ajv = new Ajv({ strict: false, code: { source: true, esm: false, optimize: 2 }, validateSchema: false });
  load("ajv-formats").default(ajv);
  for (const file of files) {
    const [name, from] = file.split("=");
    ajv.addSchema(JSON.parse(fs.readFileSync(from, "utf8")), name);
  }
  const validate = ajv.compile({ $ref: schema });
  fs.writeFileSync(out, load("ajv/dist/standalone").default(ajv, validate));
}

function run(validator, file, seconds) {
  const validate = require(path.resolve(validator));
  const text = fs.readFileSync(file, "utf8");
  const document = JSON.parse(text);
  let batch = 1;
  const spent = () => {
    const begin = process.hrtime.bigint();
    for (let i = 0; i < batch; ++i) if (!validate(document)) throw new Error(JSON.stringify(validate.errors));
    return Number(process.hrtime.bigint() - begin);
  };
  // Hot code first: the optimising compiler has had its say long before this ends.
  for (let end = Date.now() + 300; Date.now() < end; ) spent();
  while (spent() < 1e6) batch *= 2;
  const each = [];
  for (let end = Date.now() + seconds * 1000; Date.now() < end; ) each.push(spent() / batch);
  each.sort((a, b) => a - b);
  console.log(each[each.length >> 1]);
}

if (command === "compile" && words.length >= 3) compile(words[0], words[1], words.slice(2));
else if (command === "run" && words.length === 3) run(words[0], words[1], Number(words[2]));
else {
  console.error("usage: ajv_bench.cjs compile SCHEMA OUT NAME=FILE... | run VALIDATOR DOCUMENT SECONDS");
  process.exit(2);
}
