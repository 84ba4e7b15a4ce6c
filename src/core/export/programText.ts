import type { Model, Tensor } from '../model/model';
import type { DataType } from '../model/dataType';

/** What the sources of an exported model are made of. */
export interface ProgramParts {
  /** Name of files and namespace: an identifier. */
  readonly name: string;
  readonly array: string;
  readonly model: Model;
  readonly arenaBytes: number;
  /** Whole sentences: what the size of the arena holds for. */
  readonly arenaSays: readonly string[];
  /** Calls that add the operators: `AddConv2D()`. */
  readonly adds: readonly string[];
  /** Slots for resource variables; 0 for a model without any. */
  readonly variables: number;
  /** Headers before those of TFLM. */
  readonly includes: readonly string[];
}

/** Types in C++ of what an input or output holds; those that are not here are given as bytes. */
const cppTypes: Partial<Record<DataType, string>> = {
  float32: 'float',
  int8: 'int8_t',
  uint8: 'uint8_t',
  int16: 'int16_t',
  int32: 'int32_t',
  int64: 'int64_t',
  bool: 'bool',
};

/** Least and greatest number of the types that are quantized. */
const ranges: Partial<Record<DataType, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
};

interface Port {
  /** `Input`, or `Input1` where there are several. */
  readonly name: string;
  readonly tensor: Tensor;
  readonly direction: 'input' | 'output';
  readonly index: number;
}

/** The header of an exported model. */
export function headerText(parts: ProgramParts): string {
  const { name, array, arenaBytes, arenaSays } = parts;
  const ports = portsOf(parts.model);
  return [
    '#pragma once',
    '',
    ...parts.includes.map((header) => `#include <${header}>`),
    '#include <stddef.h>',
    '#include <stdint.h>',
    '',
    `extern const unsigned char ${array}[];`,
    '',
    `namespace ${name} {`,
    '',
    ...arenaSays.map((sentence) => `// ${sentence}`),
    `constexpr size_t kArenaBytes = ${arenaBytes};`,
    '',
    '// Makes the model ready. False where it cannot run: then nothing else may be called.',
    'bool Setup();',
    '',
    ...ports.flatMap(portDeclarations),
    '// Runs the model once: reads its inputs and sets its outputs. False where it fails.',
    'bool Run();',
    '',
    `}  // namespace ${name}`,
    '',
  ].join('\n');
}

function portDeclarations({ name, tensor, direction }: Port): readonly string[] {
  const type = cppTypes[tensor.type] ?? 'uint8_t';
  const range = ranges[tensor.type];
  const quantization = range && scaleOf(tensor);
  const elements = tensor.shape.reduce((product, size) => product * size, 1);
  const shape = tensor.shape.length === 0 ? 'a scalar' : tensor.shape.join(' x ');
  const verb = direction === 'input' ? 'Write it before Run(), each time' : 'Read it after Run()';
  return [
    `// ${name}: ${tensor.type}, ${shape}. ${verb}.`,
    `constexpr size_t k${name}Elements = ${elements};`,
    `${type}* ${name}();`,
    ...(quantization === undefined
      ? []
      : [
          `constexpr float k${name}Scale = ${floatText(quantization.scale)};`,
          `constexpr int k${name}ZeroPoint = ${quantization.zeroPoint};`,
          direction === 'input' ? `${type} Quantize${name}(float real);` : `float Dequantize${name}(${type} stored);`,
        ]),
    '',
  ];
}

/** The source beside that header. */
export function sourceText(parts: ProgramParts): string {
  const { name, array, adds, variables } = parts;
  const ports = portsOf(parts.model);
  const headers = [
    'micro_interpreter.h',
    'micro_mutable_op_resolver.h',
    ...(variables > 0 ? ['micro_allocator.h', 'micro_resource_variable.h'] : []),
  ];
  const given = variables > 0 ? 'allocator, variables' : 'arena, kArenaBytes';
  return [
    `#include "${name}.h"`,
    '',
    '#include <math.h>',
    '',
    ...headers.sort().map((header) => `#include "tensorflow/lite/micro/${header}"`),
    '#include "tensorflow/lite/schema/schema_generated.h"',
    '',
    `namespace ${name} {`,
    'namespace {',
    '',
    'alignas(16) uint8_t arena[kArenaBytes];',
    'tflite::MicroInterpreter* interpreter = nullptr;',
    '',
    '}  // namespace',
    '',
    'bool Setup() {',
    '  if (interpreter != nullptr) return true;',
    `  const tflite::Model* model = tflite::GetModel(${array});`,
    '  if (model->version() != TFLITE_SCHEMA_VERSION) return false;',
    `  static tflite::MicroMutableOpResolver<${Math.max(1, adds.length)}> resolver;`,
    ...adds.map((call) => `  if (resolver.${call} != kTfLiteOk) return false;`),
    ...(variables > 0
      ? [
          '  tflite::MicroAllocator* allocator = tflite::MicroAllocator::Create(arena, kArenaBytes);',
          `  tflite::MicroResourceVariables* variables = tflite::MicroResourceVariables::Create(allocator, ${variables});`,
        ]
      : []),
    `  static tflite::MicroInterpreter made(model, resolver, ${given});`,
    '  if (made.AllocateTensors() != kTfLiteOk) return false;',
    '  interpreter = &made;',
    '  return true;',
    '}',
    '',
    'bool Run() { return interpreter != nullptr && interpreter->Invoke() == kTfLiteOk; }',
    '',
    ...ports.flatMap(portDefinitions),
    `}  // namespace ${name}`,
    '',
  ].join('\n');
}

function portDefinitions({ name, tensor, direction, index }: Port): readonly string[] {
  const type = cppTypes[tensor.type] ?? 'uint8_t';
  const range = ranges[tensor.type];
  const access = `${type}* ${name}() { return static_cast<${type}*>(interpreter->${direction}(${index})->data.data); }`;
  if (range === undefined || scaleOf(tensor) === undefined) return [access, ''];
  if (direction === 'output') {
    return [
      access,
      '',
      `float Dequantize${name}(${type} stored) { return k${name}Scale * static_cast<float>(stored - k${name}ZeroPoint); }`,
      '',
    ];
  }
  return [
    access,
    '',
    `${type} Quantize${name}(float real) {`,
    `  const float stored = roundf(real / k${name}Scale) + static_cast<float>(k${name}ZeroPoint);`,
    `  if (!(stored > ${range[0]}.0f)) return ${range[0]};`,
    `  if (stored > ${range[1]}.0f) return ${range[1]};`,
    `  return static_cast<${type}>(stored);`,
    '}',
    '',
  ];
}

function portsOf({ graphs: [{ tensors, inputs, outputs }] }: Model): readonly Port[] {
  return [
    ...inputs.map((tensor, index) => portOf('input', tensors[tensor], index, inputs.length)),
    ...outputs.map((tensor, index) => portOf('output', tensors[tensor], index, outputs.length)),
  ];
}

function portOf(direction: Port['direction'], tensor: Tensor, index: number, count: number): Port {
  const word = direction === 'input' ? 'Input' : 'Output';
  return { name: count === 1 ? word : `${word}${index}`, tensor, direction, index };
}

/** The one scale and zero point of a tensor; absent where it has none. */
function scaleOf({ quantization }: Tensor): { readonly scale: number; readonly zeroPoint: number } | undefined {
  const { scales = [], zeroPoints = [] } = quantization ?? {};
  if (scales.length !== 1 || !(scales[0] > 0)) return undefined;
  return { scale: scales[0], zeroPoint: zeroPoints[0] ?? 0 };
}

/** A number as a float of C++: nine digits tell every one of them from its neighbours. */
function floatText(value: number): string {
  const text = value.toPrecision(9);
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
}
