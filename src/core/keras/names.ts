/** A class's name as Keras makes the names of layers of it: `Conv2DTranspose` is `conv2d_transpose`. */
export function snakeCase(className: string): string {
  return className
    .replaceAll(/\W+/g, '')
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Gives every name that it is asked for once as it is, then with `_1`, `_2` … behind it. */
export function nameCounter(): (name: string) => string {
  const used = new Map<string, number>();
  return (name) => {
    const count = used.get(name);
    used.set(name, (count ?? -1) + 1);
    return count === undefined ? name : `${name}_${count + 1}`;
  };
}
