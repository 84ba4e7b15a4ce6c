import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import { qualityWarnings } from '../judge/qualityWarnings';
import { isQuantizedModel } from '../rewrite/dequantizeModel';
import { fileOf } from '../rewrite/fileOf';
import { defaultQuantizeOptions } from '../quantize/request';
import type { QuantizeOptions } from '../quantize/request';
import type { PruneWork } from './pruneWork';

/**
 * The result as a file: quantized where that was asked for, or where the source was and has been trained in floating
 * point since.
 */
export async function quantizeBuilt(
  { request, tools, source, decisions, warnings }: PruneWork,
  model: Model,
): Promise<{ readonly bytes: Uint8Array; readonly model: Model }> {
  const result = fileOf(model);
  const wasQuantized = isQuantizedModel(source);
  if (isQuantizedModel(result.model) || (!request.options.quantize && !wasQuantized)) return result;
  if (tools.quantize === undefined) {
    throw new HumanError(
      'prune-no-quantizer',
      'There is no quantizer here. Leave out --quantize and quantize the result afterwards.',
    );
  }
  tools.progress?.({ stage: 'Quantizing', share: 0.82 });
  const { bytes, proof } = await tools.quantize(
    {
      path: request.resultPath,
      bytes: result.bytes,
      resultPath: request.resultPath,
      target: request.target,
      limits: request.limits,
      samples: request.samples,
      options: quantizeOptionsOf(source),
    },
    { engine: tools.engine!, pause: tools.pause },
  );
  decisions.push(...proof.decisions);
  // Its figures are those beside the pruned model; what is printed, and warned of, are those beside the source.
  const own = new Set(proof.fidelity === undefined ? [] : qualityWarnings(proof.fidelity));
  warnings.push(...proof.warnings.filter((warning) => !own.has(warning)));
  return { bytes, model: fileOf(model).model };
}

/** Inputs and outputs keep the type that a quantized source had; a float source becomes int8 throughout. */
export function quantizeOptionsOf(source: Model): QuantizeOptions {
  const io = isQuantizedModel(source) && takesFloat(source) ? 'float' : 'int8';
  return { ...defaultQuantizeOptions, io };
}

function takesFloat({ graphs: [{ inputs, tensors }] }: Model): boolean {
  return inputs.some((index) => tensors[index].type === 'float32');
}
