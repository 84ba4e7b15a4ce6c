import type { Tensor } from '../../../model/model';
import type { ChannelRelation, RelationView } from '../relation';

/** Operators that work on each element by itself: all indices of input and output correspond. */
export const unary: ChannelRelation = {
  kinds: [
    ...['ABS', 'CAST', 'CEIL', 'COS', 'DEQUANTIZE', 'ELU', 'EXP', 'FLOOR', 'GELU', 'HARD_SWISH', 'LEAKY_RELU', 'LOG'],
    ...['LOGICAL_NOT', 'LOGISTIC', 'NEG', 'QUANTIZE', 'RELU', 'RELU_0_TO_1', 'RELU_N1_TO_1', 'RELU6', 'ROUND', 'RSQRT'],
    ...['SIN', 'SQRT', 'SQUARE', 'TANH', 'ZEROS_LIKE'],
  ],
  relate: broadcastAll,
};

/**
 * Operators on two or more tensors that are stretched to one shape: an axis of size 1 serves every index of the others.
 */
export const broadcasting: ChannelRelation = {
  kinds: [
    ...['ADD', 'ADD_N', 'DIV', 'EQUAL', 'FLOOR_DIV', 'FLOOR_MOD', 'GREATER', 'GREATER_EQUAL', 'LESS', 'LESS_EQUAL'],
    ...['LOGICAL_AND', 'LOGICAL_OR', 'MAXIMUM', 'MINIMUM', 'MUL', 'NOT_EQUAL', 'POW', 'PRELU', 'SELECT_V2'],
    ...['SQUARED_DIFFERENCE', 'SUB'],
  ],
  relate: broadcastAll,
};

function broadcastAll(view: RelationView): void {
  const output = view.output(0);
  if (output === undefined) return;
  for (const input of view.inputs()) alignRight(view, input, output);
}

function alignRight(view: RelationView, input: Tensor, output: Tensor): void {
  const shift = output.shape.length - input.shape.length;
  input.shape.forEach((size, axis) => {
    const target = axis + shift;
    if (target >= 0 && size === output.shape[target]) view.join(input, axis, output, target);
    else view.fix(input, axis, `${view.name} stretches it over the others.`);
  });
}
