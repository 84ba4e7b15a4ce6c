import { activityAt } from '../../firmware/firmware';
import type { SourceFile } from '../../firmware/firmware';
import { constantOf } from '../../firmware/join/constants';
import { wayTo } from '../../firmware/join/reach';
import { taskStacksIn, taskStackWords } from '../../firmware/facts/taskStacks';
import type { StackFrame } from '../../lastBuild/stackUsage';
import { plainName } from '../../lastBuild/stackUsage';
import type { FileFix } from '../../model/problem';
import { exactBytesText } from '../../text/units';
import { staleSentence } from '../builtRooms';
import { replacing } from '../edits';
import type { FirmwareHit, FirmwareRule } from '../rule';

const invoke: ReadonlySet<string> = new Set(['Invoke']);

/** Functions of TFLM that every inference goes through. Source: tensorflow/lite/micro/micro_interpreter_graph.cc. */
const always: readonly string[] = ['Invoke', 'InvokeSubgraph'];

/** A stack that is smaller than what the last build says of functions that surely lie on it together. */
export const taskStack: FirmwareRule = {
  code: 'firmware-task-stack',
  severity: 'error',
  documentation: 'The stack of the task that runs the interpreter is smaller than the frames that lie on it.',
  find: ({ firmware, pairings, buildOf }) => {
    if (pairings.length === 0) return [];
    const files = [...new Set(taskStackWords.flatMap((word) => firmware.naming(word)))];
    return files.flatMap((file) =>
      taskStacksIn(file).flatMap(({ start, end, size, unitBytes, entry, inFunction }): readonly FirmwareHit[] => {
        const last = buildOf(file.path)?.last;
        const value = constantOf(firmware, size, { file, inFunction })?.value;
        if (last === undefined || last.frames.length === 0 || entry === undefined || unitBytes === undefined) return [];
        if (value === undefined || activityAt(file, start) !== 'yes') return [];
        const way = wayTo(firmware, entry, file, invoke);
        const frames = way === undefined ? [] : framesOf(last.frames, way);
        const bytes = frames.reduce((sum, frame) => sum + frame.bytes, 0);
        if (bytes <= value * unitBytes) return [];
        const names = frames.map(({ name, bytes: own }) => `${plainName(name)} ${exactBytesText(own)}`).join(', ');
        return [
          {
            file,
            at: { start, end },
            message: [
              `The stack has ${exactBytesText(value * unitBytes)}, and ${entry}() needs ${exactBytesText(bytes)} at least to run the interpreter:`,
              `${names}, by -fstack-usage of the last build. Kernels and interrupts come on top: make it larger.`,
              ...staleSentence(last),
            ].join(' '),
            fixes: sizeFixes(file, { start, end, bytes, unitBytes }),
          },
        ];
      }),
    );
  },
};

/** One frame for each function on the way, where only one has its name; then those of every inference. */
function framesOf(
  all: readonly StackFrame[],
  way: readonly { readonly name: string; readonly path: string }[],
): readonly StackFrame[] {
  const named = (name: string, isOf: (frame: StackFrame) => boolean): readonly StackFrame[] => {
    const found = all.filter((frame) => plainName(frame.name) === name && isOf(frame));
    return found.length === 1 ? found : [];
  };
  const own = way.flatMap(({ name, path }) => named(name, ({ file }) => isOfFile(file, path)));
  const library = always.flatMap((name) =>
    named(name, ({ file }) => /micro_interpreter(?:_graph)?\.(?:cc|cpp)$/.test(file)),
  );
  return [...own, ...library];
}

function isOfFile(file: string, path: string): boolean {
  const [given, wanted] = [file, path].map((each) => each.replaceAll('\\', '/').split('/').at(-1));
  return given === wanted;
}

interface Stack {
  readonly start: number;
  readonly end: number;
  readonly bytes: number;
  readonly unitBytes: number;
}

/** What is known with half as much again, in whole kilobytes: what kernels take is not known. */
function sizeFixes(file: SourceFile, { start, end, bytes, unitBytes }: Stack): readonly FileFix[] {
  const wanted = Math.ceil((bytes * 1.5) / 1024) * 1024;
  const units = wanted / unitBytes;
  const title = `Make the stack ${exactBytesText(wanted)}, half as much again as is known`;
  return [{ title, isPreferred: true, edits: [replacing(file, { start, end }, String(units))] }];
}
