import { spendBytes, spendSteps, underBudget } from '../../src/core/model/budget';
import { check } from '../support/check';

const tooMuch = (what: string): string =>
  `This model would take ${what} than is given to one model here: its shapes or loops name more than any microcontroller holds. Convert it again with the shapes that are meant.`;
const stopped = (): void => {
  throw new Error('not wanted');
};

interface Work {
  readonly budget: Parameters<typeof underBudget>[0];
  readonly spend: () => void;
  /** It is spent after a promise. */
  readonly isLater?: boolean;
}

/** What work within a budget gives; afterwards anything may be spent again. */
async function outcomeOf({ budget, spend, isLater }: Work): Promise<unknown> {
  try {
    if (isLater) await underBudget(budget, () => Promise.resolve().then(spend));
    else underBudget(budget, spend);
    return undefined;
  } finally {
    spendSteps(Infinity);
    spendBytes(Infinity);
  }
}

const budget = { steps: 100, bytes: 10 };

check('work within a budget', outcomeOf, [
  { name: 'all of it may be spent', input: { budget, spend: () => spendSteps(100) }, expected: undefined },
  {
    name: 'one step more may not',
    input: { budget, spend: () => [60, 41].forEach(spendSteps) },
    fails: tooMuch('more computing'),
  },
  { name: 'nor one byte', input: { budget, spend: () => [10, 1].forEach(spendBytes) }, fails: tooMuch('more memory') },
  { name: 'nor what is no number', input: { budget, spend: () => spendBytes(NaN) }, fails: tooMuch('more memory') },
  {
    name: 'a promise is under it until it settles',
    input: { budget, isLater: true, spend: () => spendSteps(101) },
    fails: tooMuch('more computing'),
  },
  {
    name: 'a budget within another is its own, and the outer one goes on',
    input: {
      budget,
      spend: () => {
        underBudget({ steps: 500, bytes: 0 }, () => spendSteps(500));
        spendSteps(100);
      },
    },
    expected: undefined,
  },
  {
    name: 'work that is not wanted any more hears it after a million steps',
    input: { budget: { steps: 1e9, bytes: 0, check: stopped }, spend: () => spendSteps(2 ** 20) },
    fails: 'not wanted',
  },
  {
    name: 'and is not asked before',
    input: { budget: { steps: 1e9, bytes: 0, check: stopped }, spend: () => spendSteps(2 ** 20 - 1) },
    expected: undefined,
  },
]);
