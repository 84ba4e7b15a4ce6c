import type { Tensor } from '../../../model/model';
import { numberOption } from '../../../model/options';
import { constantIntegers } from '../../../operators/shapes';
import { withIntegers } from '../integers';
import type { ChannelRelation, RelationView } from '../relation';

/** Inputs: value, begin, size. Axes that are taken whole correspond. */
export const slice: ChannelRelation = {
  kinds: ['SLICE'],
  relate: (view) => {
    const [begin, size] = [constantIntegers(view.input(1)), constantIntegers(view.input(2))];
    if (begin === undefined || size === undefined) {
      view.fixAll(`${view.name} cuts at places that are no constant.`);
      return;
    }
    joinWhole(view, (axis) => begin[axis] === 0);
  },
  refit: (operator, tensors) => {
    const sizes = tensors[operator.inputs[2]];
    const old = constantIntegers(sizes) ?? [];
    const { shape } = tensors[operator.outputs[0]];
    return {
      constant: [
        2,
        withIntegers(
          sizes,
          old.map((size, axis) => (size < 0 ? size : shape[axis])),
        ),
      ],
    };
  },
};

/** Inputs: value, begin, end, strides. Axes that are taken whole and forwards correspond. */
export const stridedSlice: ChannelRelation = {
  kinds: ['STRIDED_SLICE'],
  relate: (view) => {
    const [input, output] = [view.input(0), view.output(0)];
    const strides = constantIntegers(view.input(3));
    const special = ['ellipsisMask', 'newAxisMask', 'shrinkAxisMask'].some(
      (mask) => numberOption(view.operator, mask, 0) !== 0,
    );
    if (
      special ||
      strides === undefined ||
      constantIntegers(view.input(1)) === undefined ||
      input?.shape.length !== output?.shape.length
    ) {
      view.fixAll(`${view.name} cuts in a way through which channels are not followed.`);
      return;
    }
    joinWhole(view, (axis) => strides[axis] === 1);
  },
  refit: (operator, tensors) => {
    const input = tensors[operator.inputs[0]];
    const output = tensors[operator.outputs[0]];
    const ends = tensors[operator.inputs[2]];
    const old = constantIntegers(ends) ?? [];
    const whole = (axis: number): boolean => input.shape[axis] === output.shape[axis];
    return {
      constant: [
        2,
        withIntegers(
          ends,
          old.map((end, axis) => (whole(axis) && end > 0 ? input.shape[axis] : end)),
        ),
      ],
    };
  },
};

function joinWhole(view: RelationView, forwards: (axis: number) => boolean): void {
  const [input, output] = [view.input(0), view.output(0)] as readonly [Tensor, Tensor];
  input.shape.forEach((size, axis) => {
    if (size === output.shape[axis] && forwards(axis)) {
      view.join(input, axis, output, axis);
      return;
    }
    view.fix(input, axis, `${view.name} cuts along this dimension.`);
    view.fix(output, axis, `${view.name} cuts along this dimension.`);
  });
}
