import { HumanError } from '../../src/core/model/problem';
import { guarded } from '../../src/serial/guarded';
import { check } from '../support/check';

function outcome(pattern: RegExp): string {
  try {
    return String(guarded(() => pattern.test(`${'a'.repeat(40)}!`), 50));
  } catch (error) {
    return error instanceof HumanError ? error.code : 'untyped';
  }
}

check('a pattern of the user', outcome, [
  { name: 'quick', input: /a!$/, expected: 'true' },
  { name: 'without end', input: /(a+)+$/, expected: 'pattern-too-slow' },
]);
