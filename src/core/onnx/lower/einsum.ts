import type { Lowering } from '../lowering';
import { refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { NodeWriter } from './nodeWriter';

/** A value whose axes have letters. */
interface Lettered {
  readonly name: string;
  readonly letters: string;
}

/** Einsum: two operands after the other as products of matrices, or of elements where nothing is summed up. */
export function lowerEinsum(node: OnnxNode, lowering: Lowering): void {
  const writer = new NodeWriter(node, lowering);
  const { operands, output } = parsed(node, writer);
  const sizes = new Map<string, number>();
  for (const { name, letters } of operands) {
    writer.shape(name).forEach((size, axis) => {
      const known = sizes.get(letters[axis]) ?? size;
      if (known !== size) throw refused(node, `the axes "${letters[axis]}" of its inputs have different sizes.`);
      sizes.set(letters[axis], size);
    });
  }
  const [first, ...rest] = operands;
  let result = first;
  rest.forEach((next, at) => {
    const wanted = new Set(
      output +
        rest
          .slice(at + 1)
          .map(({ letters }) => letters)
          .join(''),
    );
    result = contracted(
      writer,
      [summed(writer, result, wanted, next.letters), summed(writer, next, wanted, result.letters)],
      {
        wanted,
        sizes,
      },
    );
  });
  const last = summed(writer, result, new Set(output), '');
  writer.transposed(
    last.name,
    Array.from(output).map((letter) => last.letters.indexOf(letter)),
    node.outputs[0],
  );
}

function parsed(
  node: OnnxNode,
  writer: NodeWriter,
): { readonly operands: readonly Lettered[]; readonly output: string } {
  const equation = textOf(node, 'equation', '').replaceAll(' ', '');
  const [left, right] = equation.split('->');
  const terms = left.split(',');
  const free = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ').filter((letter) => !equation.includes(letter));
  const ranks = terms.map((term, at) => writer.shape(node.inputs[at] ?? '').length - term.replace('...', '').length);
  const most = Math.max(0, ...terms.map((term, at) => (term.includes('...') ? ranks[at] : 0)));
  if (most > free.length) throw refused(node, `its equation "${equation}" is not understood.`);
  const dots = (count: number): string => free.slice(most - count, most).join('');
  const operands = terms.map((term, at) => ({
    name: node.inputs[at],
    letters: term.replace('...', dots(Math.max(0, ranks[at]))),
  }));
  const all = operands.map(({ letters }) => letters).join('');
  const once = [...new Set(terms.join('').replaceAll('.', ''))]
    .filter((letter) => all.split(letter).length === 2)
    .sort();
  const output = right === undefined ? dots(most) + once.join('') : right.replace('...', dots(most));
  const isPlain = (letters: string): boolean => /^[A-Za-z]*$/.test(letters) && new Set(letters).size === letters.length;
  const fits =
    terms.length === node.inputs.length &&
    operands.every(({ name, letters }) => isPlain(letters) && writer.shape(name).length === letters.length) &&
    isPlain(output) &&
    Array.from(output).every((letter) => all.includes(letter));
  if (!fits) throw refused(node, `its equation "${equation}" is not understood; an axis may stand once in each term.`);
  return { operands, output };
}

/** Sums up axes that nothing reads any more. */
function summed(writer: NodeWriter, { name, letters }: Lettered, wanted: ReadonlySet<string>, other: string): Lettered {
  const axes = Array.from(letters).flatMap((letter, axis) =>
    wanted.has(letter) || other.includes(letter) ? [] : [axis],
  );
  if (axes.length === 0) return { name, letters };
  return {
    name: writer.emit('ReduceSum', [name, writer.integers(axes)], { keepdims: 0 }),
    letters: Array.from(letters)
      .filter((_, axis) => !axes.includes(axis))
      .join(''),
  };
}

function contracted(
  writer: NodeWriter,
  [left, right]: readonly [Lettered, Lettered],
  { wanted, sizes }: { readonly wanted: ReadonlySet<string>; readonly sizes: ReadonlyMap<string, number> },
): Lettered {
  const shared = Array.from(left.letters).filter((letter) => right.letters.includes(letter));
  const [batch, depth] = [
    shared.filter((letter) => wanted.has(letter)),
    shared.filter((letter) => !wanted.has(letter)),
  ];
  const [rows, columns] = [left, right].map(({ letters }) =>
    Array.from(letters).filter((letter) => !shared.includes(letter)),
  );
  const count = (letters: readonly string[]): number =>
    letters.reduce((product, letter) => product * (sizes.get(letter) ?? 1), 1);
  const size = (letters: readonly string[]): readonly number[] => letters.map((letter) => sizes.get(letter) ?? 1);
  const turned = ({ name, letters }: Lettered, order: readonly string[], shape: readonly number[]): string =>
    writer.reshaped(
      writer.transposed(
        name,
        order.map((letter) => letters.indexOf(letter)),
      ),
      shape,
    );
  const letters = [...batch, ...rows, ...columns];
  if (depth.length === 0) {
    const ones = (some: readonly string[]): readonly number[] => some.map(() => 1);
    const a = turned(left, [...batch, ...rows], [...size(batch), ...size(rows), ...ones(columns)]);
    const b = turned(right, [...batch, ...columns], [...size(batch), ...ones(rows), ...size(columns)]);
    return { name: writer.emit('Mul', [a, b]), letters: letters.join('') };
  }
  const front = batch.length === 0 ? [] : [count(batch)];
  const a = turned(left, [...batch, ...rows, ...depth], [...front, count(rows), count(depth)]);
  const b = turned(right, [...batch, ...depth, ...columns], [...front, count(depth), count(columns)]);
  const product = writer.emit('MatMul', [a, b]);
  return { name: writer.reshaped(product, size(letters)), letters: letters.join('') };
}
