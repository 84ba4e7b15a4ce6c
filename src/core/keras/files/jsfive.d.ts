/** The part of the package that is used; it has no types of its own. */
declare module 'jsfive' {
  export interface Group {
    readonly keys: readonly string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    get(name: string): Group | Dataset | null;
  }
  export interface Dataset {
    readonly shape: readonly number[];
    readonly value: ArrayLike<unknown>;
  }
  export const File: new (content: ArrayBuffer, name: string) => Group;
}
