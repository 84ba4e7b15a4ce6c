import type { KerasFlavour } from '../../keras/kerasModel';
import type { Batch } from '../../keras/lower/lowerModel';

/** How a program's model is converted, and which of that nothing says. */
export interface Conversion {
  readonly numbers: Numbers;
  readonly batch: Batch;
  readonly flavour: KerasFlavour;
  /** Files of trained weights that the program names, by their names from its folder, the likeliest first. */
  readonly trainedFiles: readonly string[];
  /** A whole sentence about what was taken; absent where all is said. */
  readonly assumption?: string;
}

type Numbers = 'float32' | 'int8' | 'int16x8';

/**
 * By comments (`# milliwatt: numbers=float32; batch=1; keras=2`), else by the program's own conversion code, else by
 * the version of TensorFlow that `requirements` pins, else as most programs do: int8, with the batch left open.
 */
export function conversionOf(text: string, requirements: string | undefined): Conversion {
  const said = sayings(text);
  const [numbers, keras] = [said.get('numbers'), said.get('keras')];
  const chosen = numbersOf(numbers) ?? numbersOfCode(text);
  const flavour = keras === '2' ? 'keras2' : keras === '3' ? 'keras3' : flavourOf(text, requirements);
  return {
    numbers: chosen ?? 'int8',
    batch: said.get('batch') === '1' ? 1 : 'open',
    flavour: flavour ?? 'keras3',
    trainedFiles: trainedFilesOf(text, said.get('weights')),
    ...(chosen === undefined && {
      assumption:
        'Nothing here converts the model: int8 is taken, inputs and outputs included, with the batch left open. ' +
        'A comment says another conversion: "# milliwatt: numbers=float32; batch=1; keras=2".',
    }),
  };
}

/** What a comment says, else what the program saves or loads, the last first: `model.save("kws.keras")`. */
function trainedFilesOf(text: string, said: string | undefined): readonly string[] {
  if (said !== undefined) return [said];
  const saved = /\.(?:save|save_weights|load_weights)\(\s*\\?["']([\w./-]{1,200}\.(?:keras|h5))\\?["']/g;
  return [...text.matchAll(saved)].map(([, name]) => name).reverse();
}

/** Comments that say something, by name. */
function sayings(text: string): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [, parts] of text.matchAll(/#\s*milliwatt:([^\n"]*)/g)) {
    for (const part of parts.split(';')) {
      const at = part.indexOf('=');
      if (at > 0)
        all.set(
          part.slice(0, at).trim(),
          part
            .slice(at + 1)
            .replace(/\\n$/, '')
            .trim(),
        );
    }
  }
  return all;
}

function numbersOf(text: string | undefined): Numbers | undefined {
  return text === 'float32' || text === 'int8' || text === 'int16x8' ? text : undefined;
}

/** What a program asks TensorFlow's converter for; the converter alone writes float32. */
function numbersOfCode(text: string): Numbers | undefined {
  if (text.includes('ACTIVATIONS_INT16_WEIGHTS_INT8')) return 'int16x8';
  if (text.includes('representative_dataset') || text.includes('TFLITE_BUILTINS_INT8')) return 'int8';
  return text.includes('TFLiteConverter') && !text.includes('.optimizations') ? 'float32' : undefined;
}

/** Of TensorFlow up to 2.15 Keras is Keras 2. Source: release notes of TensorFlow 2.16. */
function flavourOf(text: string, requirements: string | undefined): KerasFlavour | undefined {
  const pinned = /(?:^|\n)\s*tensorflow(?:-cpu|-gpu|-macos)?\s*(?:==|~=|<=)\s*2\.(\d{1,3})/.exec(requirements ?? '');
  const installed = /pip3? install[^\n]*\btensorflow(?:-cpu|-gpu)?==2\.(\d{1,3})/.exec(text);
  const minor = (pinned ?? installed)?.[1];
  return minor === undefined ? undefined : Number(minor) < 16 ? 'keras2' : 'keras3';
}
