/** What a part of the extension tests came to. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Begins each line that a suite prints, to tell it from what else an extension host logs. */
export const resultMark = '[test] ';

export const nothing: SuiteResult = { passed: 0, failed: 0, skipped: 0 };

export function sum(results: readonly SuiteResult[]): SuiteResult {
  return results.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    nothing,
  );
}

/** The closing line. */
export function summary({ passed, failed, skipped }: SuiteResult): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
