/** What to do about crashes of a kind, by what their reason says. The first that fits counts. */
const remedies: readonly { readonly reason: RegExp; readonly remedy: string }[] = [
  {
    reason: /stack (?:canary|overflow|smash)|stack protect|stack limit/i,
    remedy:
      'The stack of the task is too small, or a buffer on it was overrun: give the task that calls Invoke() a larger stack, and keep the ' +
      'tensor arena and inputs off it.',
  },
  {
    reason: /brown-?out/i,
    remedy:
      'The supply voltage fell too low, which is no fault of the program: use a shorter cable, a stronger supply, or a capacitor at the board.',
  },
  {
    reason: /out of memory|bad_alloc|malloc failed|heap exhausted|Operator new/i,
    remedy: 'The heap has no room left: make the arena or other buffers smaller, or take them from other memory.',
  },
  {
    reason: /watchdog|wdt/i,
    remedy:
      'Something ran for too long without a pause: let the inference run in a task, and not with interrupts disabled.',
  },
];

/** A complete sentence with the next step, where the reason says what kind of crash it is. */
export function crashRemedy(reason: string): string | undefined {
  return remedies.find((each) => each.reason.test(reason))?.remedy;
}
