import type { Command } from 'commander';
import { Option } from 'commander';
import { mergedOptions } from '../core/compress/kinds';
import { quantization } from '../core/compress/kinds/quantize';
import type { Choice, QuantizeOptions } from '../core/compress/quantize/request';
import { resultName } from '../core/formats/kinds';
import type { CompressionFlags } from './compressionStart';
import { addDataOptions } from './dataOptions';
import { layoutOption } from './layoutOption';
import { stoppable } from './stopSignal';
import { addTargetOptions } from './targetOptions';

interface Flags extends CompressionFlags {
  readonly activations: QuantizeOptions['activations'];
  readonly io: QuantizeOptions['io'];
  readonly method: QuantizeOptions['method'];
  readonly biasCorrection: Choice;
  readonly weightFeedback: Choice;
  readonly equalise: Choice;
  readonly perChannelDense?: boolean;
  readonly keepFloat?: readonly string[];
}

/** `milliwatt quantize MODEL`: a new file with integer weights and activations, and the proof of what it brings. */
export function addQuantize(program: Command): void {
  const command = program
    .command('quantize')
    .description('a full-integer model from a float one, by calibration, with the proof of what it brings')
    .argument('<model>')
    .option('-o, --output <file>', `the file to write; ${resultName('MODEL', 'int8')} when absent`)
    .addOption(choice('--activations <type>', 'type of activations', ['int8', 'int16']))
    .addOption(choice('--io <type>', 'type of inputs and outputs', ['int8', 'float']))
    .addOption(choice('--method <name>', 'how ranges are chosen', ['auto', 'min-max', 'percentile', 'mse', 'entropy']))
    .addOption(choice('--bias-correction <when>', 'take the mean error of weights off biases', ['auto', 'on', 'off']))
    .addOption(choice('--weight-feedback <when>', 'round weights so that their errors cancel', ['auto', 'on', 'off']))
    .addOption(choice('--equalise <when>', 'level the channels of consecutive layers', ['auto', 'on', 'off']))
    .option('--per-channel-dense', 'dense layers with a scale for each output (TFLM from September 2024 on)')
    .option('--no-per-channel-dense', 'dense layers with one scale, which every version of TFLM computes right')
    .option('--keep-float <layer>', 'a layer that stays float; may be given again', collect);
  addTargetOptions(addDataOptions(command.addOption(layoutOption())))
    .option('--tfjs-node <folder>', 'where @tensorflow/tfjs-node is, to execute the float model by it')
    .option('--force', 'write the result although it costs more than the source')
    .option('--json', 'the proof as one JSON object')
    .action((model: string, flags: Flags) => {
      const chosen = { kind: quantization, options: () => optionsOf(flags) };
      return stoppable(async (signal) => {
        const { compressFile } = await import('./compressFile');
        await compressFile(model, chosen, flags, signal);
      });
    });
}

function choice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values).default(values[0]);
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

function optionsOf(flags: Flags): QuantizeOptions {
  const { activations, io, method, biasCorrection, weightFeedback, equalise, keepFloat } = flags;
  const perChannelDense = denseChoice(flags.perChannelDense);
  const chosen = { activations, io, method, biasCorrection, weightFeedback, equalise, perChannelDense, keepFloat };
  return mergedOptions(quantization, chosen);
}

/** `--per-channel-dense`, `--no-per-channel-dense`, or neither. */
function denseChoice(flag: boolean | undefined): QuantizeOptions['perChannelDense'] | undefined {
  if (flag === undefined) return undefined;
  return flag ? 'on' : 'off';
}
