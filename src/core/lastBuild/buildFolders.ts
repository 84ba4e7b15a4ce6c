/** Folders right in a project that builds are written to. */
const buildFolderNames = /^(?:build(?:[-_].*)?|cmake-build-.*|Debug|Release|out)$/;

/** Folders of a build that hold no program of the user's: loaders, libraries, what programs keep for themselves. */
const without =
  /^(?:\.|CMakeFiles$|_deps$|esp-idf$|bootloader|mcuboot|tfm|partition_table$|modules$|_sysbuild$|kconfig$|libdeps$)/;

/** Whether builds may be written to a folder of this name in a project. */
export function isBuildFolder(name: string): boolean {
  return buildFolderNames.test(name);
}

/** Whether a program may lie in a folder of this name in a build folder. */
export function mayHoldProgram(name: string): boolean {
  return !without.test(name);
}

/** Programs that a framework links before the last one, and such that are none of the user's. */
const otherPrograms = /^(?:bootloader|zephyr_pre\d|zephyr_final|CMakeCCompilerId|.*_(?:boot2|prebuilt)\b)/;

/** What a file of a build folder is: the program that was linked, or its map; nothing for another file. */
export function builtKind(name: string): { readonly kind: 'program' | 'map'; readonly of: string } | undefined {
  if (otherPrograms.test(name)) return undefined;
  if (/\.(?:elf|axf)$/.test(name)) return { kind: 'program', of: name.replace(/\.\w+$/, '') };
  if (name.endsWith('.map')) return { kind: 'map', of: name.replace(/(?:\.(?:elf|axf))?\.map$/, '') };
  return undefined;
}

/** A glob pattern of files that are new after a build. */
export const builtFilePattern = '**/{*.elf,*.axf,*.bin,*.map,compile_commands.json}';
