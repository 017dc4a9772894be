// A peer of ./dev bench mapping: JSONata with an equivalent expression. It begins with the answer as JSON, and ends with
// the message as JSON: envelopes are not its business.
//   node jsonata_bench.cjs EXPRESSION print FILE          what is made of the message
//   node jsonata_bench.cjs EXPRESSION run FILE SECONDS    nanoseconds: read, map, write
"use strict";
const fs = require("fs");
const jsonata = require(require.resolve("jsonata", { paths: [process.cwd()] }));
const [path, command, file, seconds] = process.argv.slice(2);

async function median(work) {
  let batch = 1;
  const spent = async () => {
    const begin = process.hrtime.bigint();
    for (let i = 0; i < batch; ++i) await work();
    return Number(process.hrtime.bigint() - begin);
  };
  // Hot code first: the optimising compiler has had its say long before this ends.
  for (let end = Date.now() + 300; Date.now() < end; ) await spent();
  while ((await spent()) < 1e6) batch *= 2;
  const each = [];
  for (let end = Date.now() + (Number(seconds) * 1000) / 3; Date.now() < end; ) each.push((await spent()) / batch);
  each.sort((a, b) => a - b);
  return each[each.length >> 1];
}

(async () => {
  const expression = jsonata(fs.readFileSync(path, "utf8"));
  const text = fs.readFileSync(file, "utf8");
  const input = JSON.parse(text);
  const made = await expression.evaluate(input);
  if (command === "print") return console.log(JSON.stringify(made));
  console.log(await median(() => JSON.parse(text)), await median(() => expression.evaluate(input)), await median(() => JSON.stringify(made)));
})();
