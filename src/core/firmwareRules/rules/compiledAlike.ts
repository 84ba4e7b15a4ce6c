import type { CompiledFile } from '../../lastBuild/compileCommands';
import { isSameSource } from '../../lastBuild/compileCommands';
import type { FirmwareHit, FirmwareRule } from '../rule';

/** Sources of the library, by their path. */
const ofLibrary = /(?:^|[/\\])tensorflow[/\\]lite[/\\].*\.(?:cc|cpp|c)$/;

interface Difference {
  readonly says: (own: CompiledFile, library: CompiledFile) => string | undefined;
}

/** What must be the same on both sides of a call, each with what goes wrong. Source: tensorflow/lite/c/common.h. */
const differences: readonly Difference[] = [
  {
    says: (own, library) => {
      const [here, there] = [own, library].map(({ defined }) => defined.has('TF_LITE_STATIC_MEMORY'));
      if (here === there || (own.isOpen && !here) || (library.isOpen && !there)) return undefined;
      return (
        `TF_LITE_STATIC_MEMORY is defined ${here ? 'here and not in the library' : 'in the library and not here'}: ` +
        'tensors have other fields on both sides, and are read at wrong places. Define it for both.'
      );
    },
  },
  {
    says: (own, library) => {
      if (own.floatAbi === undefined || library.floatAbi === undefined || own.floatAbi === library.floatAbi)
        return undefined;
      return (
        `-mfloat-abi=${own.floatAbi} is used here and -mfloat-abi=${library.floatAbi} in the library: ` +
        'floats are handed over in other registers, and the linker refuses it. Use one for both.'
      );
    },
  },
  ...['CMSIS_NN', 'ESP_NN'].map((name): Difference => ({
    says: (own, library) => {
      if (!own.defined.has(name) || library.defined.has(name) || library.isOpen) return undefined;
      return (
        `${name} is defined here and not in the library: registrations for int8 alone are declared that ` +
        `are not linked, and kernels are the slow ones. Define it for the library.`
      );
    },
  })),
];

/** An application that is compiled otherwise than the library that it calls. */
export const compiledAlike: FirmwareRule = {
  code: 'firmware-compiled-apart',
  severity: 'error',
  documentation: 'The application and the library are compiled with flags that must be the same, and are not.',
  find: (context) => {
    const found = new Map<string, FirmwareHit>();
    for (const { file, interpreter, activity } of context.pairings) {
      const compiled = context.buildOf(file.path)?.last?.compiled ?? [];
      const own = compiled.filter((each) => isSameSource(each, file.path));
      const library = compiled.filter((each) => ofLibrary.test(each.file));
      if (activity !== 'yes' || own.length !== 1) continue;
      for (const { says } of differences) {
        const said = new Set(library.map((each) => says(own[0], each)));
        const [message] = said;
        // Where the library is not compiled alike itself, which of its files counts is not known.
        if (said.size !== 1 || message === undefined) continue;
        const at = interpreter.variable?.nameExtent ?? interpreter;
        const places = `compile_commands.json has both: ${own[0].file}, ${library[0].file}.`;
        found.set(`${file.path} ${message}`, { file, at, message: `${message} ${places}` });
      }
    }
    return [...found.values()];
  },
};
