import type { SourcePlace } from '../../model/origin';
import type { ConversionKey } from '../programChoice';

/** Something that code says about a conversion. */
export interface CodeSaying {
  readonly key: ConversionKey;
  readonly value: string | number;
  /** For people. */
  readonly origin: string;
  readonly place?: SourcePlace;
  /** It is what the converter does where nothing is said. */
  readonly isUnsaid?: boolean;
}

/**
 * What a program asks TensorFlow's converter for; nothing of one that does not convert. The converter alone writes
 * float32, and a quantized model takes and gives float32 where no type is asked for. Source: `tf.lite.TFLiteConverter`.
 */
export function codeSayings({ file, text }: { readonly file: string; readonly text: string }): readonly CodeSaying[] {
  if (!/TFLiteConverter|TFLITE_BUILTINS_INT8|ACTIVATIONS_INT16_WEIGHTS_INT8|representative_dataset/.test(text)) {
    return [];
  }
  const code = new Code(file, text);
  const numbers = numbersOf(code);
  const fixed = code.find(
    /\bset_shape\(\s*[[(]\s*1\s*,|TensorSpec\(\s*(?:shape\s*=\s*)?[[(]\s*1\s*,|TensorSpec\(\s*(?:shape\s*=\s*)?\[1\]\s*\+/,
  );
  return [
    ...(numbers === undefined ? [] : [numbers, ...edgesOf(code, numbers)]),
    ...(fixed === undefined ? [] : [code.saying('batch', 1, fixed)]),
  ];
}

function numbersOf(code: Code): CodeSaying | undefined {
  const int16 = code.find(/ACTIVATIONS_INT16_WEIGHTS_INT8/);
  if (int16 !== undefined) return code.saying('numbers', 'int16x8', int16);
  const int8 = code.find(/TFLITE_BUILTINS_INT8|representative_dataset/);
  if (int8 !== undefined) return code.saying('numbers', 'int8', int8);
  const converter = code.find(/TFLiteConverter/);
  // With optimizations alone weights are int8 and activations float: TFLM does not run that, so that nothing is said.
  if (converter === undefined || code.find(/\.optimizations/) !== undefined) return undefined;
  return code.saying('numbers', 'float32', converter);
}

const edges = [
  ['inputType', 'inference_input_type'],
  ['outputType', 'inference_output_type'],
] as const;

function edgesOf(code: Code, { value: numbers, place, origin }: CodeSaying): readonly CodeSaying[] {
  if (numbers === 'float32' || code.find(/TFLiteConverter/) === undefined) return [];
  return edges.map(([key, attribute]) => {
    const pattern = new RegExp(
      `\\b${attribute}\\s*=\\s*(?:\\w+\\.)*(float32|FLOAT|u?int8|int16|QUANTIZED_UINT8|INT8)\\b`,
    );
    const found = code.find(pattern);
    if (found === undefined) return { key, value: 'float32', origin, ...(place && { place }), isUnsaid: true };
    return code.saying(key, typeNames.get(found.text) ?? found.text, found);
  });
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['FLOAT', 'float32'],
  ['INT8', 'int8'],
  ['QUANTIZED_UINT8', 'uint8'],
]);

/** A match in what is no comment: where it begins, and its first group. */
interface Match {
  readonly at: number;
  readonly text: string;
}

class Code {
  readonly #file: string;
  readonly #text: string;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  /** The last match that is not commented out: what is written later holds. */
  find(pattern: RegExp): Match | undefined {
    const all = [...this.#text.matchAll(new RegExp(pattern, 'g'))].filter(({ index }) => !this.#isComment(index));
    const last = all.at(-1);
    return last && { at: last.index, text: last.at(1) ?? last[0] };
  }

  saying(key: ConversionKey, value: string | number, { at }: Match): CodeSaying {
    // Lines of a notebook's file are not those of its cells.
    if (this.#file.endsWith('.ipynb')) return { key, value, origin: this.#file, place: { file: this.#file } };
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length - 1;
    const column = at - (before.lastIndexOf('\n') + 1);
    const span = { line, column, endLine: line, endColumn: column };
    return { key, value, origin: `${this.#file} line ${line + 1}`, place: { file: this.#file, span } };
  }

  #isComment(at: number): boolean {
    return this.#text.slice(this.#text.lastIndexOf('\n', at - 1) + 1, at).includes('#');
  }
}
