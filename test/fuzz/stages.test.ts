import { stages } from './stages';
import { tryStage } from './tryStage';
import { check } from '../support/check';

/** Stages of which an input takes some ten milliseconds, and some hundred. */
const inputsOf: Readonly<Record<string, number>> = {
  offers: 10,
  clean: 10,
  run: 20,
  analyse: 24,
  quantize: 20,
  prune: 10,
  fit: 10,
  rewrite: 15,
  makeItFit: 10,
  export: 24,
  firmware: 15,
};
const inputsOfOthers = 60;
const firstSeed = 1000;

/** The failures of a stage's first inputs, each with the seed that makes it again. */
async function failures(name: string): Promise<readonly string[]> {
  const stage = stages.find((each) => each.name === name)!;
  const found: string[] = [];
  const count = inputsOf[name] ?? inputsOfOthers;
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const { failure } = await tryStage(stage, stage.source(seed).bytes);
    if (failure !== undefined) found.push(`seed ${seed}: ${failure}`);
  }
  return found;
}

check(
  'foreign bytes are answered or refused in a sentence',
  failures,
  stages.map(({ name }) => ({ name, input: name, expected: [] })),
);

check(
  'what is wrong is told apart from what is refused',
  async (run: () => unknown) => (await tryStage({ run }, new Uint8Array())).failure?.split('\n')[0],
  [
    { name: 'an answer', input: () => 1, expected: undefined },
    {
      name: 'an error of the language',
      input: () => new Array<number>(-1),
      expected: 'RangeError: Invalid array length',
    },
    {
      name: 'what is no error',
      input: () => {
        throw 'x' as unknown;
      },
      expected: 'It threw x, which is no error.',
    },
  ],
);
