import type { Command } from 'commander';
import { fitSteps } from '../core/compress/fit/steps';
import { mergedOptions } from '../core/compress/kinds';
import { fitting } from '../core/compress/kinds/fit';
import { resultName } from '../core/formats/kinds';
import type { CompressionFlags } from './compressFile';
import { compressFile } from './compressFile';
import { stoppable } from './stopSignal';
import { addTargetOptions } from './targetOptions';

interface Flags extends CompressionFlags {
  readonly only?: readonly string[];
}

/** `milliwatt fit MODEL`: a new file that needs less RAM with the same outputs, and the proof of it. */
export function addFit(program: Command): void {
  const steps = fitSteps.map(({ id, summary }) => `${id} (${summary})`).join(', ');
  const command = program
    .command('fit')
    .description('a model that needs less RAM with the same outputs, bit for bit, with the proof of it')
    .argument('<model>')
    .option('-o, --output <file>', `the file to write; ${resultName('MODEL', 'fit')} when absent`)
    .option('--only <steps>', `steps that may be taken, separated by commas: ${steps}`, list);
  addTargetOptions(command)
    .option('--force', 'write the result although something costs more')
    .option('--json', 'the proof as one JSON object')
    .action((model: string, flags: Flags) =>
      stoppable((signal) =>
        compressFile(
          model,
          { kind: fitting, options: () => mergedOptions(fitting, { only: flags.only }) },
          flags,
          signal,
        ),
      ),
    );
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
