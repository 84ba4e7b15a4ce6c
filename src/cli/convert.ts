import type { Command } from 'commander';
import { conversionTo } from '../core/compress/conversions';
import { mergedOptions } from '../core/compress/kinds';
import { resultName } from '../core/formats/kinds';
import type { CompressionFlags } from './compressionStart';
import { addDataOptions } from './dataOptions';
import { layoutOption } from './layoutOption';
import { stoppable } from './stopSignal';
import { addTargetOptions } from './targetOptions';

interface ConvertFlags extends CompressionFlags {
  readonly quantize?: boolean;
}

/** `milliwatt convert MODEL`: a file that TFLM takes and answers as the source means, and the proof of it. */
export function addConvert(program: Command): void {
  const command = program
    .command('convert')
    .description(
      'a model that TFLite Micro takes and answers as TF Lite does: operators and shapes rewritten, with the proof',
    )
    .argument('<model>')
    .option(
      '-o, --output <file>',
      `the file to write, .h, .c or .cc for an array; ${resultName('MODEL', 'tflm')} when absent`,
    )
    .option('--as-array', "an array in a C or C++ source, in the style of the project's nearest one")
    .option('--quantize', `on to int8 in one step, as "milliwatt quantize" does: ${resultName('MODEL', 'int8')}`);
  addTargetOptions(addDataOptions(command.addOption(layoutOption())))
    .option('--force', 'write the result although something costs more')
    .option('--json', 'the proof as one JSON object')
    .action((model: string, flags: ConvertFlags) => {
      const { kind } = conversionTo(flags.quantize === true ? 'int8' : 'float32');
      const options = mergedOptions(kind, { onSamples: flags.data !== undefined });
      return stoppable(async (signal) => {
        const { compressFile } = await import('./compressFile');
        await compressFile(model, { kind, options: () => options }, flags, signal);
      });
    });
}
