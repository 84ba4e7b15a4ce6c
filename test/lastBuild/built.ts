/** As GNU ld 2.40 writes it for a small program: 168 bytes of code, 40 with initial values, 20,000 without. */
export const gnuMapText = `
Discarded input sections

 .text          0x00000000      0x999 firmware.o

Memory Configuration

Name             Origin             Length             Attributes
code             0x00000000         0x00400000         xr
data             0x20000000         0x00010000         xrw
*default*        0x00000000         0xffffffff

Linker script and memory map

LOAD firmware.o

.text           0x00000000       0xa8
 *(.text*)
 .text.main     0x00000000       0x80 firmware.o
                0x00000000                main
 .text._ZN6tflite12_GLOBAL__N_18ConvEvalE
                0x00000080       0x28 lib/libtflite.a(conv.cc.o)

.data           0x20000000       0x28 load address 0x000000a8
 .data          0x20000000       0x28 firmware.o

.bss            0x20000030     0x4e20 load address 0x000000d0
 .bss._ZL12tensor_arena
                0x20000030     0x4e20 firmware.o
OUTPUT(firmware.elf elf32-littlearm)
.comment        0x00000000       0x26
 .comment       0x00000000       0x26 firmware.o
.ARM.attributes
                0x00000000       0x2e
`;

/** As lld of LLVM 20 writes it for a program of one file. */
export const lldMapText = `     VMA      LMA     Size Align Out     In      Symbol
       0        0       48     4 .text
       0        0       18     4         a.o:(.text._Z4deepi)
       0        0        0     1                 $t
       1        1       18     1                 deep(int)
      18       18       30     4         a.o:(.text.startup.main)
20000000       48        4     4 .data
20000000       48        4     4         a.o:(.data._ZN12_GLOBAL__N_17counterE)
20000000       48        4     1                 (anonymous namespace)::counter
20000010 20000010     4e20    16 .bss
20000010 20000010     4e20    16         a.o:(.bss._ZN12_GLOBAL__N_112tensor_arenaE)
       0        0       85     1 .comment
       0        0       85     1         <internal>:(.comment)
       0        0       e0     4 .symtab
       0        0       45     1 .shstrtab
       0        0       6e     1 .strtab
`;

interface Symbol {
  readonly name: string;
  readonly address: number;
  readonly bytes: number;
}

/** A program with code, values and variables, as a linker writes it: 32 bits, little endian unless said otherwise. */
export function elfBytes(symbols: readonly Symbol[], isLittle = true): Uint8Array {
  const names = ['', '.text', '.data', '.bss', '.symtab', '.strtab', '.shstrtab'];
  const textOf = (all: readonly string[]): Uint8Array => new TextEncoder().encode(all.join('\0') + '\0');
  const nameAt = (all: readonly string[], name: string): number =>
    all.slice(0, all.indexOf(name)).reduce((sum, each) => sum + each.length + 1, 0);
  const [strings, sectionNames] = [['', ...symbols.map(({ name }) => name)], names];
  const parts = { code: 52 + 64, symbols: 52 + 64 + 0xa8 + 0x28 };
  const stringsAt = parts.symbols + 16 * (symbols.length + 1);
  const namesAt = stringsAt + textOf(strings).length;
  const headersAt = namesAt + textOf(sectionNames).length;
  const bytes = new Uint8Array(headersAt + 40 * names.length);
  const view = new DataView(bytes.buffer);
  const words = (at: number, ...values: readonly number[]): void =>
    values.forEach((value, index) => view.setUint32(at + 4 * index, value, isLittle));
  const halves = (at: number, ...values: readonly number[]): void =>
    values.forEach((value, index) => view.setUint16(at + 2 * index, value, isLittle));
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 1, isLittle ? 1 : 2, 1]);
  halves(16, 2, 40);
  words(20, 1, 0, 52, headersAt);
  halves(40, 52, 32, 2, 40, names.length, 6);
  words(52, 1, parts.code, 0, 0, 0xa8, 0xa8);
  words(84, 1, parts.code + 0xa8, 0x20000000, 0xa8, 0x28, 0x4e50);
  symbols.forEach(({ name, address, bytes: size }, index) => {
    words(parts.symbols + 16 * (index + 1), nameAt(strings, name), address, size);
    bytes[parts.symbols + 16 * (index + 1) + 12] = 1;
  });
  bytes.set(textOf(strings), stringsAt);
  bytes.set(textOf(sectionNames), namesAt);
  const header = (index: number, type: number, rest: readonly number[]): void =>
    words(headersAt + 40 * index, nameAt(sectionNames, names[index]), type, ...rest);
  header(1, 1, [6, 0, parts.code, 0xa8]);
  header(2, 1, [3, 0x20000000, parts.code + 0xa8, 0x28]);
  header(3, 8, [3, 0x20000030, parts.code + 0xd0, 0x4e20]);
  header(4, 2, [0, 0, parts.symbols, 16 * (symbols.length + 1), 5, 0, 4, 16]);
  header(5, 3, [0, 0, stringsAt, textOf(strings).length]);
  header(6, 3, [0, 0, namesAt, textOf(sectionNames).length]);
  return bytes;
}
