import type { QuantizeChange } from '../proof';
import type { QuantizeOptions } from './request';

/** The options after a change. */
export function withChange(options: QuantizeOptions, change: QuantizeChange): QuantizeOptions {
  switch (change.option) {
    case 'activations':
      return { ...options, activations: change.value };
    case 'method':
      return { ...options, method: change.value };
    case 'perChannelDense':
      return { ...options, perChannelDense: 'on' };
    case 'keepFloat':
      return { ...options, keepFloat: [...new Set([...options.keepFloat, change.layer])] };
  }
}

/** The option of `milliwatt quantize` that makes a change: `--keep-float conv_1`. */
export function optionText(change: QuantizeChange): string {
  switch (change.option) {
    case 'activations':
      return `--activations ${change.value}`;
    case 'method':
      return `--method ${change.value}`;
    case 'perChannelDense':
      return '--per-channel-dense';
    case 'keepFloat':
      return `--keep-float ${change.layer}`;
  }
}
