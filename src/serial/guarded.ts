import vm from 'node:vm';
import { HumanError } from '../core/model/problem';

const sandbox: { run: () => unknown } = { run: () => undefined };
const context = vm.createContext(sandbox);
const script = new vm.Script('run()');

/**
 * Runs something that may never end, a regular expression of the user's; after `longestMs` it is stopped. A call costs
 * 0.1 ms, so that many lines are best looked at in one. @throws {HumanError} where it was stopped.
 */
export function guarded<Result>(run: () => Result, longestMs = 1000): Result {
  sandbox.run = run;
  try {
    return script.runInContext(context, { timeout: longestMs }) as Result;
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new HumanError(
      'pattern-too-slow',
      'The regular expression takes too long on one of the lines. Use one without nested repetition, such as (a+)+.',
    );
  } finally {
    sandbox.run = () => undefined;
  }
}

/** Such an error may belong to the context that was stopped, and is no `Error` of this one then. */
function isTimeout(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
