// What the validator of CSAF says of documents: csaf.mjs LIBRARY FILE... prints a line for each fault.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, ...files] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${library}/${name}`));
const validate = (await load("validate.js")).default;
const tests = { "2.0": await load("basic.js"), "2.1": await load("csaf_2_1/basic.js") };
for (const file of files) {
  const document = JSON.parse(readFileSync(file, "utf8"));
  const result = await validate(Object.values(tests[document.document.csaf_version]), document);
  const faults = result.tests.flatMap((test) => test.errors.map((error) => `${test.name} ${error.instancePath} ${error.message}`));
  faults.forEach((fault) => console.log(`${file}: ${fault}`));
  if (!result.isValid && faults.length === 0) console.log(`${file}: invalid`);
}
