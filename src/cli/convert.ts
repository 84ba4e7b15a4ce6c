import { Option, type Command } from 'commander';
import { mergedOptions } from '../core/compress/kinds';
import { quantization } from '../core/compress/kinds/quantize';
import { rewriting } from '../core/compress/kinds/rewrite';
import type { EdgeLayout } from '../core/compress/tflm/channelsLast';
import { resultName } from '../core/formats/kinds';
import { compressFile } from './compressFile';
import type { CompressionFlags } from './compressionStart';
import { addDataOptions } from './dataOptions';
import { stoppable } from './stopSignal';
import { addTargetOptions } from './targetOptions';

interface ConvertFlags extends CompressionFlags {
  readonly quantize?: boolean;
  readonly layout: EdgeLayout;
}

/** `milliwatt convert MODEL`: a file that TFLM takes and answers as the source means, and the proof of it. */
export function addConvert(program: Command): void {
  const command = program
    .command('convert')
    .description(
      'a model that TFLite Micro takes and answers as TF Lite does: operators and shapes rewritten, with the proof',
    )
    .argument('<model>')
    .option('-o, --output <file>', `the file to write, .h for an array; ${resultName('MODEL', 'tflm')} when absent`)
    .option('--quantize', `on to int8 in one step, as "milliwatt quantize" does: ${resultName('MODEL', 'int8')}`);
  command.addOption(
    new Option('--layout <order>', 'inputs and outputs of ONNX: channels last, or as the file has them')
      .choices(['nhwc', 'file'])
      .default('nhwc'),
  );
  addTargetOptions(addDataOptions(command))
    .option('--force', 'write the result although something costs more')
    .option('--json', 'the proof as one JSON object')
    .action((model: string, flags: ConvertFlags) => {
      const kind = flags.quantize === true ? quantization : rewriting;
      return stoppable((signal) =>
        compressFile(model, { kind, options: () => ({ ...mergedOptions(kind), layout: flags.layout }) }, flags, signal),
      );
    });
}
