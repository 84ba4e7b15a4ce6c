/** What the command line answers to the shell. */
export const exitCodes = {
  /** A finding of severity error, or a file that could not be read. */
  failed: 1,
  /** The command was not understood. */
  usage: 2,
  /** A fault of the program itself; the number is that of sysexits.h. */
  fault: 70,
  /** Ended by Ctrl+C: 128 and the number of SIGINT. */
  interrupted: 130,
} as const;

/** Whether an error is about what would have come of a command that was understood. */
export function isAboutResult({ code }: { readonly code: string }): boolean {
  return code === 'prune-worse';
}
