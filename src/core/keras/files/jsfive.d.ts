/** The part of the package that is used; it has no types of its own. */
declare module 'jsfive' {
  export interface Group {
    readonly keys: readonly string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    get(name: string): Group | Dataset | null;
    readonly _dataobjects: DataObjects;
  }
  export interface Dataset {
    readonly shape: readonly number[];
    /** As NumPy writes it, `<f4` for instance; of other than numbers a list. */
    readonly dtype: unknown;
    readonly value: ArrayLike<unknown>;
    readonly _dataobjects: DataObjects;
  }
  /** The messages of an object's header. */
  interface DataObjects {
    /** So many values of an attribute, from a place on. */
    _attr_value(type: unknown, bytes: ArrayBuffer, count: number, at: number): unknown;
    find_msg_type(type: number): readonly { get(name: 'offset_to_message'): number }[];
    /** Version, dimensions, class of the layout, and where its properties stand. */
    _get_data_message_properties(message: number): readonly [number, unknown, number, number];
  }
  export const File: new (content: ArrayBuffer, name: string) => Group;
}
