/** Code whose tests are tried by changing it. */
export interface Subject {
  readonly name: string;
  /** Files, or folders whose files count, from the root. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** The share of changes that have to be noticed. */
  readonly least: number;
}

export const subjects: readonly Subject[] = [
  { name: 'rules', files: ['src/core/rules'], tests: ['test/rules/rules.test.ts'], least: 0.9 },
  {
    name: 'planner',
    files: [
      'src/core/runtimes/tflm/greedyPlanner.ts',
      'src/core/runtimes/tflm/linearPlanner.ts',
      'src/core/runtimes/tflm/lifetimes.ts',
      'src/core/runtimes/tflm/offlinePlan.ts',
      'src/core/runtimes/tflm/arena.ts',
      'src/core/runtimes/tflm/tail.ts',
    ],
    tests: [
      'test/runtimes/tflm/planners.test.ts',
      'test/runtimes/tflm/lifetimes.test.ts',
      'test/runtimes/tflm/layout.test.ts',
      'test/runtimes/tflm/arena.test.ts',
      'test/runtimes/tflm/oneOperator.test.ts',
    ],
    least: 0.9,
  },
  {
    name: 'fixed-point',
    files: ['src/core/execute/fixedPoint.ts', 'src/core/execute/requantize.ts', 'src/core/execute/activationRange.ts'],
    tests: ['test/execute/fixedPoint.test.ts', 'test/execute/kernels.test.ts'],
    least: 0.9,
  },
];
