/** A model, as the place that files lie beside. */
export interface Beside {
  /** Its address, by which the host finds files. */
  readonly model: string;
  /**
   * Its path on this machine's own file system, and the folder that is not left: the worker reads files itself. Absent
   * where no path leads there: it asks the host.
   */
  readonly disk?: { readonly file: string; readonly root?: string };
  /**
   * Of a version that lies on no disk (that of the last commit): where today's lies, beside which programs that import
   * it are looked for, so that both versions are shown for the same caller.
   */
  readonly near?: { readonly file: string; readonly root?: string };
  /** Files in that folder that are open and not saved: what stands in the editor counts. */
  readonly unsaved?: readonly UnsavedFile[];
}

/** A file by its path on this machine, and its text in the editor. */
export interface UnsavedFile {
  readonly file: string;
  readonly text: string;
}

/** A file beside a model. */
export interface BesideFile {
  /** Another one once the file is another one, has come or is gone. */
  readonly stamp: string;
  /** Absent where there is no such file, or it may not be read. */
  readonly bytes?: Uint8Array;
}

/** Asks for a file beside a model, by a name relative to the model's folder; fails where it is larger. */
export interface ReadBesideMessage {
  readonly type: 'readBeside';
  readonly model: string;
  readonly name: string;
  readonly mostBytes: number;
}

/** Asks for the stamps of files beside a model, in the same order. */
export interface StampBesideMessage {
  readonly type: 'stampBeside';
  readonly model: string;
  readonly names: readonly string[];
}

/** Tells what files beside a model were asked for, there or not: when one changes, the model has. */
export interface UsedBesideMessage {
  readonly type: 'usedBeside';
  readonly model: string;
  readonly names: readonly string[];
}

/** What a thread that reads models asks its host. */
export interface BesideQuestions {
  readonly messages: ReadBesideMessage | StampBesideMessage | UsedBesideMessage;
  readonly replies: { readonly readBeside: BesideFile; readonly stampBeside: readonly string[] };
}
