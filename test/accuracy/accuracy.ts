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
import { prunedDigitsSection, prunedSubjectSection } from './pruneSection';
import { sectionText } from './section';
import type { Section } from './section';
import { boardTimeSection, leftOutTimesSection } from './boardTimeSection';
import { profileSection } from './profileSection';
import { trainedSection } from './trainedSection';
import { otherBoardsSection, sameBoardSection } from './timeSection';

/**
 * `npm run accuracy`: compares every estimate with `../shared/data` and writes ACCURACY.md. With `--check` it writes
 * nothing and fails when the file is not what the code and the measurements give now. With the names of areas it makes
 * their tables alone anew; what takes minutes is made by name only.
 */
const path = join(import.meta.dirname, '../../ACCURACY.md');

const heading = `# How good the figures are

Made by \`npm run accuracy\` from measurements of real TensorFlow Lite Micro (90b983c2) and of real boards; tables are worst first. What was
left out of a fit is said above each table.
`;

type Sections = () => readonly Section[] | Promise<readonly Section[]>;

/** In the order of the report; those of one kind are computed together. */
const areas: readonly (readonly [name: string, sections: Sections])[] = [
  ['arena', (): readonly Section[] => [arenaSection()]],
  ['flash', (): readonly Section[] => [flashSection()]],
  ['instructions', instructionSections],
  [
    'milliseconds',
    (): readonly Section[] => [
      sameBoardSection(),
      otherBoardsSection(),
      boardTimeSection(),
      leftOutTimesSection(),
      profileSection(),
    ],
  ],
  ['quantization', quantizeSections],
];

/** What takes minutes: training, and many quantizations. Their tables stand at the end. */
const slowAreas: typeof areas = [
  ['trained', async () => [await trainedSection()]],
  ['pruning-digits', async () => [await prunedDigitsSection()]],
  ['pruning-images', async () => [await prunedSubjectSection('image classification')]],
  ['pruning-people', async () => [await prunedSubjectSection('visual wake words')]],
];

function instructionSections(): readonly Section[] {
  const instructions = leftOutInstructions();
  return [operatorSection, largeOperatorSection, bandSection, wholeModelSection].map((of) => of(instructions));
}

async function main(): Promise<void> {
  if (sharedModelsMissing !== false) {
    console.error(`${sharedModelsMissing} Accuracy cannot be measured without them.`);
    process.exitCode = 1;
    return;
  }
  const asked = [...areas, ...slowAreas].filter(([name]) => process.argv.includes(name));
  const made: Section[] = [];
  for (const [, sections] of asked.length === 0 ? areas : asked) made.push(...(await sections()));
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  let text = asked.length === 0 ? heading : before;
  for (const section of made) text = withSection(text, section);
  if (asked.length === 0) text += slowPart(before);
  const isCheck = process.argv.includes('--check');
  if (!isCheck) {
    console.log(text);
    if (asked.length === 0) console.log(copiedText);
    writeFileSync(path, text);
    return;
  }
  if (before === text) {
    console.log('ACCURACY.md is what the code and the measurements give.');
    return;
  }
  console.error(differentLines(before, text));
  console.error('ACCURACY.md is stale: run "npm run accuracy" and commit it.');
  process.exitCode = 1;
}

/** The lines in which two reports differ, for whoever cannot run the other one. */
function differentLines(before: string, after: string): string {
  const [old, made] = [before.split('\n'), after.split('\n')];
  const gone = old.filter((line) => !made.includes(line)).map((line) => `- ${line}`);
  const come = made.filter((line) => !old.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].slice(0, 60).join('\n');
}

/** What a run without names does not measure, for whoever takes "not stale" for "true". */
const copiedText =
  'The tables of pruning and of trained Keras files were copied from ACCURACY.md, neither measured nor checked: they take minutes. ' +
  `Make them anew with \`npm run accuracy -- ${slowAreas.map(([name]) => name).join(' ')}\`.`;

/** The tables of pruning as they stand in the file. */
function slowPart(before: string): string {
  const start = before.indexOf('\n## Pruning: ');
  return start < 0 ? '' : before.slice(start);
}

/** The report with a section in the place of the one of its title, or at the end. */
function withSection(text: string, section: Section): string {
  const start = text.indexOf(`## ${section.title}\n`);
  if (start < 0) return `${text}\n${sectionText(section)}`;
  const next = text.indexOf('\n## ', start);
  return `${text.slice(0, start)}${sectionText(section)}${next < 0 ? '' : text.slice(next)}`;
}

void main();
