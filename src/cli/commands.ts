import type { Command } from 'commander';

/** A command by its name, with the file that describes and runs it. */
interface CommandEntry {
  readonly name: string;
  /** Its arguments and a line about it, as the help of the whole program shows them without loading its file. */
  readonly takes: string;
  readonly about: string;
  /** Loads its file, which adds the command to a program. */
  readonly load: () => Promise<(program: Command) => void>;
}

/** All commands, in the order of the help: one file and one entry each. */
const commands: readonly CommandEntry[] = [
  {
    name: 'analyze',
    takes: '[options] <models...>',
    about: 'RAM, flash, cycles and energy of models, layer by layer',
    load: async () => (await import('./analyze')).addAnalyze,
  },
  {
    name: 'check',
    takes: '[options] [folder]',
    about: 'budgets and findings of the models of a workspace',
    load: async () => (await import('./check')).addCheck,
  },
  {
    name: 'compare',
    takes: '[options] <model>',
    about: 'one model on several boards',
    load: async () => (await import('./compare')).addCompare,
  },
  {
    name: 'list',
    takes: '[options] <model>',
    about: 'a model as text, one operator a line',
    load: async () => (await import('./list')).addList,
  },
  {
    name: 'run',
    takes: '[options] <model>',
    about: 'executes a model as TFLite Micro would, bit for bit (ties with ESP-NN kernels excepted)',
    load: async () => (await import('./run')).addRun,
  },
  {
    name: 'quantize',
    takes: '[options] <model>',
    about: 'a full-integer model from a float one, by calibration, with the proof of what it brings',
    load: async () => (await import('./quantize')).addQuantize,
  },
  {
    name: 'prune',
    takes: '[options] <model>',
    about: 'a model with fewer channels, fine-tuned where samples are given, with the proof of what it brings',
    load: async () => (await import('./prune')).addPrune,
  },
  {
    name: 'fit',
    takes: '[options] <model>',
    about: 'a model that needs less RAM with the same outputs, bit for bit; with limits, one that meets them',
    load: async () => (await import('./fit')).addFit,
  },
  {
    name: 'convert',
    takes: '[options] <model>',
    about:
      'a model that TFLite Micro takes and answers as TF Lite does: operators and shapes rewritten, with the proof',
    load: async () => (await import('./convert')).addConvert,
  },
  {
    name: 'export',
    takes: '[options] <model>',
    about: 'sources that run a model: its array, its operators, its arena, its inputs and outputs',
    load: async () => (await import('./export')).addExport,
  },
  {
    name: 'boards',
    takes: '[options]',
    about: 'the boards that are known',
    load: async () => (await import('./boards')).addBoards,
  },
  {
    name: 'runtimes',
    takes: '[options]',
    about: 'the runtimes that are known',
    load: async () => (await import('./runtimes')).addRuntimes,
  },
  {
    name: 'monitor',
    takes: '[options] [port]',
    about: 'a serial monitor that understands TensorFlow Lite Micro; without a port, the ports there are',
    load: async () => (await import('./monitor')).addMonitor,
  },
  {
    name: 'bridge',
    takes: '[options] <port>',
    about: 'serves a serial port over TCP to programs of this machine (loopback only), one at a time',
    load: async () => (await import('./bridge')).addBridge,
  },
  {
    name: 'doctor',
    takes: '[options]',
    about: 'versions, and which parts work on this machine: for a report of a fault',
    load: async () => (await import('./doctor')).addDoctor,
  },
  {
    name: 'calibrate',
    takes: '[options] <models...>',
    about: 'corrects the estimates of a board by the measurements of models on it',
    load: async () => (await import('./calibrate')).addCalibrate,
  },
];

/**
 * The commands that a command line can be about: the one that it names, also behind `help`, none where it asks for the
 * version or for all in outline, and all where a sentence about a wrong name needs them. Their files are most of what a
 * start costs.
 */
export function commandsFor(args: readonly string[], known = commands): readonly CommandEntry[] {
  if (asksForOutline(args) || (args.length === 1 && (args[0] === '--version' || args[0] === '-V'))) return [];
  const wanted = args[0] === 'help' ? args[1] : args[0];
  const named = known.find(({ name }) => name === wanted);
  return named === undefined ? known : [named];
}

/** Adds what the help of the whole program says of each command, where a command line asks for that. */
export function addOutlines(program: Command, args: readonly string[]): void {
  if (!asksForOutline(args)) return;
  for (const { name, takes, about } of commands) program.command(`${name} ${takes}`).description(about);
}

const outlineFlags: ReadonlySet<string> = new Set(['help', '--help', '-h']);

function asksForOutline(args: readonly string[]): boolean {
  return args.length === 0 || (args.length === 1 && outlineFlags.has(args[0]));
}
