// Preloaded into the tests of a mutation run: hands out the mutated text of the files under test, and chooses which
// mutant lives.
import fs from 'node:fs';

const { texts, reached } = JSON.parse(fs.readFileSync(process.env.MUTATION_TEXTS, 'utf8'));
const living = Number(process.env.MUTANT ?? -1);
const seen = new Set();

// Numbers of mutants are made unique over all files by an offset in each text. A mutant that loops is ended by its
// number of steps.
let steps = 0;
const mostSteps = Number(process.env.MUTATION_STEPS ?? Number.POSITIVE_INFINITY);
globalThis.mutant = (id) => {
  if (reached) seen.add(id);
  if (++steps > mostSteps) process.exit(1);
  return id === living;
};

const readFileSync = fs.readFileSync;
fs.readFileSync = (file, ...rest) => {
  const path = file instanceof URL ? file.pathname : String(file);
  if (!Object.hasOwn(texts, path)) return readFileSync(file, ...rest);
  return rest.length === 0 || rest[0] === undefined || rest[0] === null ? Buffer.from(texts[path]) : texts[path];
};
const { readFile } = fs.promises;
fs.promises.readFile = (file, ...rest) =>
  Object.hasOwn(texts, String(file)) ? Promise.resolve(texts[String(file)]) : readFile(file, ...rest);

process.on('exit', () => {
  if (reached) fs.writeFileSync(`${process.env.MUTATION_TEXTS}.reached`, JSON.stringify({ ids: [...seen], steps }));
});
