// SPDX-License-Identifier: MIT
// Reads resources, one line of JSON each, and prints what the npm package "fhir" finds wrong: for each line an array
// of sentences. The package knows the structures and value sets of R4 and was written by others. Run with its
// node_modules in NODE_PATH.
const { Fhir } = require("fhir");

const fhir = new Fhir();
for (const line of require("fs").readFileSync(0, "utf-8").split("\n").filter(Boolean)) {
  const { messages } = fhir.validate(JSON.parse(line), { errorOnUnexpected: true });
  // Codes of our own are not in the value sets that serve as examples, and can't be.
  const told = messages.filter(({ severity, message }) => severity !== "info" && !message.includes("(urn:attune:"));
  console.log(JSON.stringify(told.map(({ severity, location, message }) => `${severity}: ${location}: ${message}`)));
}
