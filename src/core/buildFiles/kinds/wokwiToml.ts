import type { BuildFileKind } from '../buildFile';
import { linesOf } from '../syntax/lines';

/**
 * `wokwi.toml`: which result of a build is simulated. Of PlatformIO its path names the environment.
 * Source: https://docs.wokwi.com/vscode/project-config
 */
export const wokwiToml: BuildFileKind = {
  id: 'wokwi.toml',
  names: ['wokwi.toml'],
  read: (text) => {
    const paths = linesOf(text).flatMap(({ text: line }) => {
      const at = line.indexOf('=');
      const key = line.slice(0, Math.max(at, 0)).trim();
      return key === 'firmware' || key === 'elf' ? [unquoted(line.slice(at + 1).trim())] : [];
    });
    const built = new Set(paths.map(environmentOf).filter((name) => name !== undefined));
    const [only] = built;
    return { environments: [], ...(built.size === 1 ? { built: only } : {}), problems: [] };
  },
};

/** `.pio/build/NAME/firmware.bin`. */
function environmentOf(path: string): string | undefined {
  const parts = path.split(/[/\\]+/);
  const at = parts.indexOf('.pio');
  return at >= 0 && parts.at(at + 1) === 'build' && parts.length > at + 3 ? parts[at + 2] : undefined;
}

function unquoted(value: string): string {
  const quote = value.at(0) ?? '';
  const end = quote === '"' || quote === "'" ? value.indexOf(quote, 1) : -1;
  return end < 0 ? '' : value.slice(1, end);
}
