import { createRequire } from 'node:module';
import { join } from 'node:path';
import nodeUtil from 'node:util';
import type { FloatProgram } from '../../core/execute/floatEngine';
import type { Tf } from '../../core/execute/tfjs/call';
import { tfjsEngine } from '../../core/execute/tfjs/engine';
import { HumanError } from '../../core/model/problem';
import type { FromChild, RunAnswer, ToChild } from './messages';

/**
 * The process that runs TensorFlow.js for Node: its native code may end the process, and nothing else. Its argument is
 * the folder of the package. It ends with the process that started it.
 */
function main(folder: string): void {
  process.on('disconnect', () => process.exit());
  const loaded = libraryIn(folder);
  if (typeof loaded === 'string') {
    // The process ends once its parent has received this and disconnects.
    send({ type: 'unavailable', message: loaded });
    return;
  }
  const name = `TensorFlow.js Node ${loaded.version_core}`;
  const engine = tfjsEngine(loaded, name);
  const programs = new Map<number, FloatProgram>();
  const answer = async (message: ToChild): Promise<number | RunAnswer> => {
    if (message.type === 'load') {
      programs.set(message.id, await engine.load(message.model));
      return message.id;
    }
    const program = programs.get(message.program)!;
    if (message.type === 'run') return [...(await program.run(message.inputs, message.samples, message.observed))];
    program.dispose();
    programs.delete(message.program);
    return message.program;
  };
  process.on('message', (message: ToChild) => {
    answer(message).then(
      (value) => send({ type: 'answer', id: message.id, value }),
      (error: unknown) => send({ type: 'failure', id: message.id, ...failureOf(error) }),
    );
  });
  send({ type: 'ready', name });
}

/** The library, or why there is none. */
function libraryIn(folder: string): Tf | string {
  // Newer versions of Node have lost what the library still calls. Source: tensorflow/tfjs issue 8425.
  const util = nodeUtil as unknown as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  try {
    return createRequire(join(folder, 'package.json'))(folder) as Tf;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

function failureOf(error: unknown): { readonly message: string; readonly code?: string } {
  if (error instanceof HumanError) return { message: error.message, code: error.code };
  return { message: error instanceof Error ? error.message : String(error) };
}

function send(message: FromChild): void {
  process.send?.(message);
}

main(process.argv[2]);
