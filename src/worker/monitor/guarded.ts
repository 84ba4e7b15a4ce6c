import vm from 'node:vm';
import { HumanError } from '../../core/model/problem';

const longestMs = 1000;
const sandbox: { run: () => unknown } = { run: () => undefined };
const context = vm.createContext(sandbox);
const script = new vm.Script('run()');

/** Runs something that may never end, a regular expression of the user's; after a second it is stopped. @throws {HumanError} then. */
export function guarded<Result>(run: () => Result): Result {
  sandbox.run = run;
  try {
    return script.runInContext(context, { timeout: longestMs }) as Result;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new HumanError(
      'pattern-too-slow',
      'The regular expression takes too long on one of the lines. Use one without nested repetition, such as (a+)+.',
    );
  } finally {
    sandbox.run = () => undefined;
  }
}
