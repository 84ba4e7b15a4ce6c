/** What a function takes of the stack by itself, without what it calls. */
export interface StackFrame {
  /** Path of its source as the compiler was given it. */
  readonly file: string;
  readonly line: number;
  /** As the compiler writes it: with types, of C++ the name with its scopes. */
  readonly name: string;
  readonly bytes: number;
  /** It takes more as it runs, of which no limit is known. */
  readonly isOpen: boolean;
}

/** Functions of one file of which more are not looked at. */
const mostFrames = 20_000;

/**
 * Frames in a file of `-fstack-usage`; lines of another form, and one that is cut off, are passed over. Sources: GCC,
 * "Static Stack Usage Analysis": `file:line:column:function`, bytes and `static`, `dynamic` or `dynamic,bounded`, a tab
 * between them; Clang writes them without the column.
 */
export function stackFrames(text: string): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  for (let start = 0; start < text.length && frames.length < mostFrames;) {
    const end = text.indexOf('\n', start);
    // The last line may be half written.
    if (end < 0) break;
    const frame = frameOf(text.slice(start, Math.min(end, start + 4000)).trimEnd());
    if (frame !== undefined) frames.push(frame);
    start = end + 1;
  }
  return frames;
}

function frameOf(line: string): StackFrame | undefined {
  const [place, bytes, kind, more] = line.split('\t');
  if (more !== undefined || !/^(?:static|dynamic|dynamic,bounded)$/.test(kind) || !/^\d{1,9}$/.test(bytes))
    return undefined;
  const match = /^(.{1,1000}?):(\d{1,9}):(?:\d{1,9}:)?(.+)$/.exec(place);
  if (match === null) return undefined;
  return { file: match[1], line: Number(match[2]), name: match[3], bytes: Number(bytes), isOpen: kind === 'dynamic' };
}

/** The name of a frame's function alone: `Eval` of `TfLiteStatus tflite::{anonymous}::Eval(TfLiteContext*)`. */
export function plainName(name: string): string {
  const head = name.slice(0, Math.max(0, name.indexOf('(')) || name.length);
  return /([A-Za-z_]\w*)\s*$/.exec(head)?.[1] ?? name;
}
