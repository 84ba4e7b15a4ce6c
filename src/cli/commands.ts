import type { Command } from 'commander';

/** A command by its name, with the file that describes and runs it. */
interface CommandEntry {
  readonly name: string;
  /** Loads its file, which adds the command to a program. */
  readonly load: () => Promise<(program: Command) => void>;
}

/** All commands, in the order of the help: one file and one line each. */
const commands: readonly CommandEntry[] = [
  { name: 'analyze', load: async () => (await import('./analyze')).addAnalyze },
  { name: 'check', load: async () => (await import('./check')).addCheck },
  { name: 'compare', load: async () => (await import('./compare')).addCompare },
  { name: 'list', load: async () => (await import('./list')).addList },
  { name: 'run', load: async () => (await import('./run')).addRun },
  { name: 'quantize', load: async () => (await import('./quantize')).addQuantize },
  { name: 'prune', load: async () => (await import('./prune')).addPrune },
  { name: 'fit', load: async () => (await import('./fit')).addFit },
  { name: 'convert', load: async () => (await import('./convert')).addConvert },
  { name: 'export', load: async () => (await import('./export')).addExport },
  { name: 'boards', load: async () => (await import('./boards')).addBoards },
  { name: 'runtimes', load: async () => (await import('./runtimes')).addRuntimes },
  { name: 'monitor', load: async () => (await import('./monitor')).addMonitor },
  { name: 'bridge', load: async () => (await import('./bridge')).addBridge },
  { name: 'doctor', load: async () => (await import('./doctor')).addDoctor },
  { name: 'calibrate', load: async () => (await import('./calibrate')).addCalibrate },
];

/**
 * The commands that a command line can be about: the one that it names, none where it asks for the version alone, and
 * all where help or a sentence about a wrong name needs them. Their files are most of what a start costs.
 */
export function commandsFor(args: readonly string[], known = commands): readonly CommandEntry[] {
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) return [];
  const named = known.find(({ name }) => name === args[0]);
  return named === undefined ? known : [named];
}
