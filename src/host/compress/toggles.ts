/** One option with its possible values; choosing it takes the next value. */
export interface Toggle<Options> {
  readonly name: string;
  readonly values: readonly ToggleValue<Options>[];
}

interface ToggleValue<Options> {
  readonly text: string;
  readonly detail: string;
  /** Whether the options have this value. */
  readonly isIn: (options: Options) => boolean;
  readonly set: (options: Options) => Options;
}

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
  return values.find(({ isIn }) => isIn(options)) ?? values[0];
}

/** The options with the next value of a toggle. */
export function applyToggle<Options>(toggle: Toggle<Options>, options: Options): Options {
  const at = toggle.values.indexOf(valueOf(toggle, options));
  return toggle.values[(at + 1) % toggle.values.length].set(options);
}
