import type { SourceFile } from '../../firmware/firmware';
import { activityAt } from '../../firmware/firmware';
import { constantOf } from '../../firmware/join/constants';
import type { Expression } from '../../firmware/syntax/expression';
import type { VariableFact } from '../../firmware/syntax/syntax';
import type { Quantization, Tensor } from '../../model/model';
import { replacing } from '../edits';
import { isSure, modelName } from '../needs';
import type { FirmwareContext, FirmwareModel, FirmwareRule } from '../rule';

/** A scale or zero point that is written as a number and is not the model's. */
export const quantizationLiteral: FirmwareRule = {
  code: 'firmware-quantization-differs',
  severity: 'warning',
  documentation: 'A scale or zero point that the firmware writes as a number differs from that of the model.',
  find: (context) =>
    onlyModels(context).flatMap(({ model, files }) =>
      files.flatMap((file) =>
        file.syntax.variables.flatMap((variable) => {
          const named = parameterNamed(variable);
          const written = variable.initializer;
          const tensor = named && quantizationOf(model, named.direction);
          if (named === undefined || written === undefined || tensor === undefined) return [];
          const value = constantOf(context.firmware, written, { file, inFunction: variable.inFunction })?.value;
          const { scales, zeroPoints } = tensor;
          const own = named.kind === 'scale' ? Math.fround(scales[0]) : zeroPoints[0];
          if (value === undefined || isSame(value, own) || activityAt(file, variable.start) !== 'yes') return [];
          return [difference(file, variable, written, { own, model })];
        }),
      ),
    ),
};

function difference(
  file: SourceFile,
  { name }: VariableFact,
  written: Expression,
  { own, model }: { readonly own: number; readonly model: FirmwareModel },
): ReturnType<FirmwareRule['find']>[number] {
  const text = Number.isInteger(own) ? String(own) : `${Number(own.toPrecision(9))}f`;
  return {
    file,
    at: written,
    message: `${name} is not what ${modelName(model)} has: ${text}. Values are off by that ratio or offset without an error. Take it from the tensor's params, or write ${text}.`,
    fixes: [{ title: `Write ${text}`, isPreferred: true, edits: [replacing(file, written, text)] }],
  };
}

/** What a name such as `kInputScale`, `out_zero_point` says that it is. */
interface Parameter {
  readonly kind: 'scale' | 'zeroPoint';
  readonly direction: 'input' | 'output';
}

function parameterNamed({ name, dimensions, indirections }: VariableFact): Parameter | undefined {
  if (dimensions.length > 0 || indirections > 0) return undefined;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
  const isInput = words.includes('input') || words.includes('in');
  const isOutput = words.includes('output') || words.includes('out');
  if (isInput === isOutput) return undefined;
  const direction = isInput ? 'input' : 'output';
  if (words.at(-1) === 'scale') return { kind: 'scale', direction };
  return /zero_?point$/.test(words.join('_')) ? { kind: 'zeroPoint', direction } : undefined;
}

function quantizationOf(
  { model: { graphs } }: FirmwareModel,
  direction: Parameter['direction'],
): Quantization | undefined {
  const indices = direction === 'output' ? graphs[0].outputs : graphs[0].inputs;
  const quantization = indices.length === 1 ? graphs[0].tensors.at(indices[0])?.quantization : undefined;
  return quantization?.scales.length === 1 && quantization.zeroPoints.length === 1 ? quantization : undefined;
}

function isSame(value: number, own: number): boolean {
  return Math.abs(value - own) <= Math.abs(own) * 1e-3;
}

/** Names of classes that are not as many as the model has. */
export const labelCount: FirmwareRule = {
  code: 'firmware-label-count',
  severity: 'warning',
  documentation: 'A list of labels in the firmware has another length than the output of the model.',
  find: (context) =>
    onlyModels(context).flatMap(({ model, files }) => {
      const classes = classCount(model);
      if (classes === undefined) return [];
      return files.flatMap((file) =>
        file.syntax.variables.flatMap((variable) => {
          const { initializer, dimensions, name, nameExtent, start } = variable;
          const labels = initializer?.kind === 'list' ? initializer.items : [];
          const isList = dimensions.length === 1 && labels.length > 1 && labels.every(({ kind }) => kind === 'string');
          if (!isList || !/label|class|categor/i.test(name) || labels.length === classes) return [];
          if (activityAt(file, start) !== 'yes') return [];
          return [
            {
              file,
              at: nameExtent,
              message: `${name} has ${labels.length} names, but ${modelName(model)} has ${classes} classes. ${labels.length < classes ? 'A class beyond the last name reads what is not there.' : 'The last names are never shown, or all are shifted.'} Name each class once.`,
            },
          ];
        }),
      );
    }),
};

/** The last dimension of the only output, where the others are 1. */
function classCount({ model: { graphs } }: FirmwareModel): number | undefined {
  const { outputs, tensors } = graphs[0];
  const output: Tensor | undefined = outputs.length === 1 ? tensors.at(outputs[0]) : undefined;
  const shape = output?.shape ?? [];
  const classes = shape.at(-1) ?? 0;
  return classes > 1 && shape.slice(0, -1).every((size) => size === 1) ? classes : undefined;
}

interface OnlyModel {
  readonly model: FirmwareModel;
  readonly files: readonly SourceFile[];
}

/** Files of interpreters that surely run one model alone, with what they include. */
function onlyModels({ firmware, pairings }: FirmwareContext): readonly OnlyModel[] {
  const byFile = new Map<SourceFile, Set<FirmwareModel | undefined>>();
  for (const pairing of pairings) {
    const model = isSure(pairing) && pairing.models.length === 1 ? pairing.models[0] : undefined;
    for (const path of firmware.closure(pairing.file.path)) {
      const file = firmware.file(path);
      if (file !== undefined) byFile.set(file, (byFile.get(file) ?? new Set()).add(model));
    }
  }
  const single = [...byFile].filter(([, models]) => models.size === 1);
  const models = new Set(single.map(([, [model]]) => model));
  return [...models].flatMap((model) =>
    model === undefined ? [] : [{ model, files: single.filter(([, [each]]) => each === model).map(([file]) => file) }],
  );
}
