import type { Operator, Tensor } from '../../../model/model';
import { enumOption, numberOption } from '../../../model/options';
import { constantIntegers } from '../../../operators/shapes';
import { holdsSame } from '../../clean/equalTensors';
import type { Exchange, GraphView, NewOperator } from '../graphView';
import { patternRewrite } from '../patternRewrite';
import { reshaping } from '../reshaping';

const convolutions: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D']);

/** SPACE_TO_BATCH_ND, a convolution and BATCH_TO_SPACE_ND, which a converter makes of a dilated convolution. */
export const dilatedConvolution = patternRewrite({
  id: 'dilated-convolution',
  exactWhen:
    'The convolution in between has stride 1, dilation 1 and padding VALID, both block sizes are its dilation, and what is padded and cropped is ' +
    'what padding SAME, VALID or a PAD before it leaves: the same products are summed in the same order.',
  kinds: ['SPACE_TO_BATCH_ND'],
  match: (operator, view) => {
    const found = detourOf(operator, view);
    const spans = found && spansOf(found, view);
    if (found === undefined || spans === undefined) return undefined;
    return { ...drawn(found, spans, view), sentence: (name) => sentenceOf(name, found, spans) };
  },
});

/** The operators of a dilated convolution that goes over the batch. */
interface Detour {
  readonly toBatch: Operator;
  /** To four dimensions and back, for a convolution along one. */
  readonly opened?: Operator;
  readonly convolution: Operator;
  readonly closed?: Operator;
  readonly toSpace: Operator;
  /** Input and output of the whole, and what the convolution makes. */
  readonly image: Tensor;
  readonly made: Tensor;
  readonly output: Tensor;
}

function detourOf(toBatch: Operator, view: GraphView): Detour | undefined {
  const next = view.onlyReader(toBatch.outputs[0]);
  const opened = next !== undefined && reshaping.has(next.kind) ? next : undefined;
  const convolution = opened === undefined ? next : view.onlyReader(opened.outputs[0]);
  if (convolution === undefined || !convolutions.has(convolution.kind)) return undefined;
  const input = (opened ?? toBatch).outputs[0];
  if (convolution.inputs[0] !== input) return undefined;
  const after = view.onlyReader(convolution.outputs[0]);
  const closed = opened !== undefined && after !== undefined && reshaping.has(after.kind) ? after : undefined;
  const toSpace = closed === undefined ? after : view.onlyReader(closed.outputs[0]);
  if (toSpace?.kind !== 'BATCH_TO_SPACE_ND' || (opened === undefined) !== (closed === undefined)) return undefined;
  const tensors = [toBatch.inputs[0], convolution.outputs[0], toSpace.outputs[0]].map((index) => view.tensor(index));
  const [image, made, output] = tensors;
  if (image === undefined || made === undefined || output === undefined) return undefined;
  const isPlain = holdsSame(image, view.tensor(input)!) && holdsSame(made, output);
  return isPlain ? { toBatch, opened, convolution, closed, toSpace, image, made, output } : undefined;
}

/** One dimension of the image, as the dilated convolution sees it. */
interface Span {
  readonly size: number;
  readonly made: number;
  readonly dilation: number;
  /** Places outside of the image that the first and the last window reach. */
  readonly before: number;
  readonly after: number;
  /** Of `before`, what padding SAME would make it; `undefined` where SAME makes another size. */
  readonly same: number | undefined;
}

/** Height and width; `undefined` where the detour is not a dilated convolution. */
function spansOf(
  { toBatch, convolution, toSpace, image, output }: Detour,
  view: GraphView,
): readonly Span[] | undefined {
  const integers = (operator: Operator, position: number): readonly number[] =>
    constantIntegers(view.tensor(operator.inputs[position])) ?? [];
  const [blocks, pads] = [integers(toBatch, 1), integers(toBatch, 2)];
  const [blocksBack, crops] = [integers(toSpace, 1), integers(toSpace, 2)];
  const rank = image.shape.length;
  const isFour = rank === 4 && blocks.length === 2;
  const isThree = rank === 3 && blocks.length === 1;
  const isFitting = pads.length === 2 * blocks.length && crops.length === pads.length && output.shape.length === rank;
  if (!(isFour || isThree) || !isFitting || !isPlainConvolution(convolution)) return undefined;
  if (!blocks.every((block, axis) => block >= 1 && block === blocksBack[axis])) return undefined;
  const filter = view.tensor(convolution.inputs[1]);
  const axis = isThree ? lineAxis(convolution, view, image) : 1;
  if (filter?.shape.length !== 4 || axis === undefined) return undefined;
  const spans = blocks.map((block, index) =>
    spanOf({
      ...{ size: image.shape[index + 1], made: output.shape[index + 1], dilation: block },
      ...{ taps: filter.shape[axis + index], pads: pads.slice(2 * index), crops: crops.slice(2 * index) },
    }),
  );
  if (!spans.every((span) => span !== undefined)) return undefined;
  if (isFour) return spans;
  const flat: Span = { size: 1, made: 1, dilation: 1, before: 0, after: 0, same: 0 };
  if (filter.shape[axis === 1 ? 2 : 1] !== 1) return undefined;
  return axis === 1 ? [spans[0], flat] : [flat, spans[0]];
}

function isPlainConvolution(convolution: Operator): boolean {
  const isOne = (name: string): boolean => numberOption(convolution, name, 1) === 1;
  const names = ['strideW', 'strideH', 'dilationWFactor', 'dilationHFactor'];
  return names.every(isOne) && enumOption(convolution, 'padding', 'SAME') === 'VALID';
}

/** The dimension of four in which the only one of a line lies: height or width. */
function lineAxis(convolution: Operator, view: GraphView, image: Tensor): 1 | 2 | undefined {
  const [, height, width, channels] = view.tensor(convolution.inputs[0])?.shape ?? [];
  if (channels !== image.shape[2]) return undefined;
  if (height === 1) return 2;
  return width === 1 ? 1 : undefined;
}

interface SpanParts {
  readonly size: number;
  readonly made: number;
  readonly dilation: number;
  readonly taps: number;
  readonly pads: readonly number[];
  readonly crops: readonly number[];
}

/**
 * A window at output place o reads input places o + crop - pad + dilation x tap, so that the first reaches
 * pad - crop places before the image.
 */
function spanOf({ size, made, dilation, taps, pads, crops }: SpanParts): Span | undefined {
  const padded = size + pads[0] + pads[1];
  const reach = (taps - 1) * dilation;
  const isWhole = padded % dilation === 0 && made === padded - reach - crops[0] - crops[1];
  const before = pads[0] - crops[0];
  const after = made + reach - size - before;
  if (!isWhole || made < 1 || before < 0 || after < 0) return undefined;
  const same = made === size ? Math.floor(reach / 2) : undefined;
  return { size, made, dilation, before, after, same };
}

type Padding = 'VALID' | 'SAME' | 'PAD';

function paddingOf(spans: readonly Span[]): Padding {
  if (spans.every(({ before, after }) => before === 0 && after === 0)) return 'VALID';
  return spans.every(({ before, same }) => before === same) ? 'SAME' : 'PAD';
}

function drawn(found: Detour, spans: readonly Span[], view: GraphView): Exchange {
  const { toBatch, opened, convolution, closed, toSpace, image, made, output } = found;
  const [down, across] = spans;
  const batch = image.shape[0];
  const four = (height: number, width: number, channels: number): readonly number[] => [batch, height, width, channels];
  const inserted: NewOperator[] = [];
  let source = toBatch.inputs[0];
  const then = (kind: string, shape: readonly number[], parameter: number): void => {
    const to = view.addLike(image, `${image.name}/${kind.toLowerCase()}`, shape);
    inserted.push({
      kind,
      inputs: [source, parameter],
      outputs: [to],
      version: kind === 'PAD' && image.type !== 'float32' ? 2 : 1,
    });
    source = to;
  };
  const channels = image.shape.at(-1)!;
  if (opened !== undefined) {
    const shape = four(down.size, across.size, channels);
    then('RESHAPE', shape, view.addIntegers(`${image.name}/shape`, shape));
  }
  const padding = paddingOf(spans);
  if (padding === 'PAD') {
    const pads = [0, 0, ...spans.flatMap(({ before, after }) => [before, after]), 0, 0];
    const [height, width] = spans.map(({ size, before, after }) => size + before + after);
    then('PAD', four(height, width, channels), view.addIntegers(`${image.name}/paddings`, pads, [4, 2]));
  }
  const isLine = closed !== undefined;
  const to = isLine
    ? view.addLike(made, `${made.name}/dilated`, four(down.made, across.made, made.shape.at(-1)!))
    : toSpace.outputs[0];
  inserted.push(dilated(convolution, { source, to, padding: padding === 'SAME' ? 'SAME' : 'VALID', spans }));
  if (isLine) {
    const shape = view.addIntegers(`${output.name}/shape`, output.shape);
    inserted.push({ kind: 'RESHAPE', inputs: [to, shape], outputs: [toSpace.outputs[0]] });
  }
  const removed = [toBatch, opened, convolution, closed, toSpace].filter((each) => each !== undefined);
  return { removed, inserted };
}

function dilated(
  convolution: Operator,
  how: { readonly source: number; readonly to: number; readonly padding: string; readonly spans: readonly Span[] },
): Operator {
  const { options, inputs, kind, version } = convolution;
  const table = options?.table ?? (kind === 'CONV_2D' ? 'Conv2DOptions' : 'DepthwiseConv2DOptions');
  const [down, across] = how.spans;
  const dilation = { dilationHFactor: down.dilation, dilationWFactor: across.dilation };
  return {
    ...convolution,
    // Dilation came with the second version of the depthwise operator.
    version: kind === 'CONV_2D' ? version : Math.max(version, 2),
    inputs: [how.source, ...inputs.slice(1)],
    outputs: [how.to],
    options: { table, values: { ...options?.values, ...dilation, padding: how.padding } },
  };
}

function sentenceOf(name: string, { convolution }: Detour, spans: readonly Span[]): string {
  const dilation = spans.map((span) => span.dilation).join('x');
  const padding = { VALID: 'padding VALID', SAME: 'padding SAME', PAD: 'a PAD before it' }[paddingOf(spans)];
  return `${convolution.kind} behind "${name}" has dilation ${dilation} and ${padding} now, in place of a way over the batch.`;
}
