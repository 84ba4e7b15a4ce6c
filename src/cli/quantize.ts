import type { Command } from 'commander';
import { Option } from 'commander';
import { subjectOf } from '../core/analysis/subject';
import type { Proof } from '../core/compress/proof';
import { quantizeModel } from '../core/compress/quantize/quantize';
import type { Choice, QuantizeOptions } from '../core/compress/quantize/request';
import { checkQuantizable } from '../core/compress/quantize/repair/refuse';
import { resultName } from '../core/formats/kinds';
import { loadFloatEngine } from '../tfjs/floatEngine';
import { checkCanWriteSync } from '../files/writing';
import { addDataOptions, samplesOf } from './dataOptions';
import type { DataFlags } from './dataOptions';
import { requestFor } from './modelRequest';
import { pause } from './pause';
import { progressLine } from './progressLine';
import { proofText } from './proofText';
import { stoppable } from './stopSignal';
import { writeCompressed } from './writeCompressed';
import { addTargetOptions } from './targetOptions';
import type { TargetFlags } from './targetOptions';
import { writeOut } from './output';

interface Flags extends TargetFlags, DataFlags {
  readonly output?: string;
  readonly activations: QuantizeOptions['activations'];
  readonly io: QuantizeOptions['io'];
  readonly method: QuantizeOptions['method'];
  readonly biasCorrection: Choice;
  readonly weightFeedback: Choice;
  readonly equalise: Choice;
  readonly perChannelDense?: boolean;
  readonly keepFloat?: readonly string[];
  readonly tfjsNode?: string;
  readonly force?: boolean;
  readonly json?: boolean;
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
    .option('--keep-float <layer>', 'a layer that stays float; may be given again', collect);
  addTargetOptions(addDataOptions(command))
    .option('--tfjs-node <folder>', 'where @tensorflow/tfjs-node is, to execute the float model by it')
    .option('--force', 'write the result although it costs more than the source')
    .option('--json', 'the proof as one JSON object')
    .action((model: string, flags: Flags) => stoppable((signal) => quantize(model, flags, signal)));
}

function choice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values).default(values[0]);
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

async function quantize(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const resultPath = flags.output ?? resultName(path, flags.activations);
  checkCanWriteSync(resultPath);
  const asked = requestFor(path, flags);
  const { model, target, limits } = subjectOf(asked);
  checkQuantizable(model);
  const samples = await samplesOf(model.graphs[0], flags, signal);
  const { engine, dispose } = await loadFloatEngine({ place: flags.tfjsNode, beside: __dirname });
  const line = progressLine();
  const request = { path, bytes: asked.bytes, resultPath, target, limits, samples, options: optionsOf(flags) };
  const result = await quantizeModel(request, { engine, signal, pause, progress: line.show }).finally(() => {
    line.end();
    dispose();
  });
  if (!writeCompressed(resultPath, { ...result, force: flags.force })) return;
  print(result.proof, flags);
}

function print(proof: Proof, { json }: Flags): void {
  writeOut(json === true ? `${JSON.stringify(proof)}\n` : `${proofText(proof)}\n`);
}

function optionsOf(flags: Flags): QuantizeOptions {
  const { activations, io, method, biasCorrection, weightFeedback, equalise } = flags;
  const { perChannelDense = false, keepFloat = [] } = flags;
  return { activations, io, method, biasCorrection, weightFeedback, equalise, perChannelDense, keepFloat };
}
