import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedModelsMissing } from '../support/models';
import { arenaSection } from './arenaSection';
import { flashSection } from './flashSection';
import {
  bandSection,
  largeOperatorSection,
  leftOutInstructions,
  operatorSection,
  wholeModelSection,
} from './instructionSection';
import { quantizeSections } from './quantizeSection';
import { sectionText } from './section';
import { profileSection } from './profileSection';
import { otherBoardsSection, sameBoardSection } from './timeSection';

/**
 * `npm run accuracy`: compares every estimate with `../shared/data` and writes ACCURACY.md. With `--check` it writes nothing and
 * fails when the file is not what the code and the measurements give now.
 */
const path = join(import.meta.dirname, '../../ACCURACY.md');

const heading = `# How good the figures are

Made by \`npm run accuracy\` from measurements of real TensorFlow Lite Micro (90b983c2) and of real boards; tables are worst first. What was
left out of a fit is said above each table.
`;

async function main(): Promise<void> {
  if (sharedModelsMissing !== false) {
    console.error(`${sharedModelsMissing} Accuracy cannot be measured without them.`);
    process.exitCode = 1;
    return;
  }
  const instructions = leftOutInstructions();
  const sections = [
    arenaSection(),
    flashSection(),
    operatorSection(instructions),
    largeOperatorSection(instructions),
    bandSection(instructions),
    wholeModelSection(instructions),
    sameBoardSection(),
    otherBoardsSection(),
    profileSection(),
    ...(await quantizeSections()),
  ].map(sectionText);
  const text = [heading, ...sections].join('\n');
  console.log(text);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    return;
  }
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  console.error('ACCURACY.md is stale: run "npm run accuracy" and commit it.');
  process.exitCode = 1;
}

void main();
