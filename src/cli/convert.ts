import type { Command } from 'commander';
import { rewriting } from '../core/compress/kinds/rewrite';
import { mergedOptions } from '../core/compress/kinds';
import { resultName } from '../core/formats/kinds';
import { compressFile } from './compressFile';
import type { CompressionFlags } from './compressionStart';
import { stoppable } from './stopSignal';
import { addTargetOptions } from './targetOptions';

/** `milliwatt convert MODEL`: a file that TFLM takes and answers as the source means, and the proof of it. */
export function addConvert(program: Command): void {
  const command = program
    .command('convert')
    .description(
      'a model that TFLite Micro takes and answers as TF Lite does: operators and shapes rewritten, with the proof',
    )
    .argument('<model>')
    .option('-o, --output <file>', `the file to write; ${resultName('MODEL', 'tflm')} when absent`);
  addTargetOptions(command)
    .option('--force', 'write the result although something costs more')
    .option('--json', 'the proof as one JSON object')
    .action((model: string, flags: CompressionFlags) =>
      stoppable((signal) =>
        compressFile(model, { kind: rewriting, options: () => mergedOptions(rewriting) }, flags, signal),
      ),
    );
}
