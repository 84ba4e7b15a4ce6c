import type { Toggle, ToggleValue } from './kind';

/** A value of one key. */
export function toggleValue<Options, Key extends keyof Options>(
  key: Key,
  value: Options[Key],
  text: string,
  detail: string,
): ToggleValue<Options> {
  return {
    text,
    detail,
    isIn: (options) => options[key] === value,
    set: (options) => ({ ...options, [key]: value }),
  };
}

/** The value that the options have; the first where they have another. */
export function valueOf<Options>({ values }: Toggle<Options>, options: Options): ToggleValue<Options> {
  return values.find((each) => each.isIn(options)) ?? values[0];
}

/** The options with the next value of a toggle. */
export function applyToggle<Options>(toggle: Toggle<Options>, options: Options): Options {
  const at = toggle.values.indexOf(valueOf(toggle, options));
  return toggle.values[(at + 1) % toggle.values.length].set(options);
}
