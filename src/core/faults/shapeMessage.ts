import type { ShapeFinding } from '../execute/meaning/following';
import { operatorName } from '../model/model';
import { open, type Shape } from '../operators/outputShapes';
import { listText } from '../operators/shapes';

/** What a contradiction of shapes means on a board, and the next step. */
export function shapeTexts(finding: ShapeFinding): { readonly effect: string; readonly remedy: string } {
  const { operator, declared, made, reason, pass } = finding;
  const name = operatorName(operator);
  const output = operator.outputs.length > 1 ? ` (output ${finding.output})` : '';
  if (reason !== undefined)
    return {
      effect: `${name} cannot make the output [${text(declared)}] that the file declares: ${reason}.`,
      remedy: 'Convert the model again.',
    };
  if (pass !== undefined) {
    return {
      effect:
        `${name}${output} makes ${shapeText(made)} in pass ${pass} of its loop, and another size in each pass, but TensorFlow Lite Micro works with the ` +
        `[${text(declared)}] that stands in the file: the board answers wrongly or never ends, without a word.`,
      remedy:
        'Rewrite the model for TFLM, which makes one operator of an LSTM and keeps the sizes of other loops, or convert the layer unrolled (unroll=True).',
    };
  }
  if (made?.includes(open) === true) {
    const inputs = finding.computedInputs.map((position) => `input ${position}`).join(' and ');
    return {
      effect:
        `${name}${output} is told how large its output is by ${inputs || 'its inputs'} while the model runs, but TensorFlow Lite Micro works with the ` +
        `[${text(declared)}] that stands in the file: the board answers wrongly as soon as it is another size.`,
      remedy: 'Make the size a constant of the model.',
    };
  }
  return {
    effect:
      `${name}${output} makes ${shapeText(made)} of its inputs, but the file declares [${text(declared)}], which TensorFlow Lite Micro believes: ` +
      'the board computes a part only and answers wrongly, without a word.',
    remedy: 'Convert the model again with a fixed batch of 1.',
  };
}

function shapeText(shape: Shape | undefined): string {
  return `[${text(shape ?? [])}]`;
}

function text(shape: Shape): string {
  return listText(shape).replaceAll('-1', '?');
}
