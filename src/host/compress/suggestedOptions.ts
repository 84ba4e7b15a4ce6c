import type { QuantizeOptions } from '../../core/compress/quantize/request';

/** The options with what a layer's suggestion says, which is written as on the command line; unchanged where it is not understood. */
export function suggestedOptions(options: QuantizeOptions, suggestion: string): QuantizeOptions {
  const [flag, ...rest] = suggestion.split(' ');
  const value = rest.join(' ');
  switch (flag) {
    case '--per-channel-dense':
      return { ...options, perChannelDense: true };
    case '--keep-float':
      return options.keepFloat.includes(value) ? options : { ...options, keepFloat: [...options.keepFloat, value] };
    case '--method':
      return value === 'auto' ? { ...options, method: value } : options;
    case '--activations':
      return value === 'int8' || value === 'int16' ? { ...options, activations: value } : options;
    default:
      return options;
  }
}
