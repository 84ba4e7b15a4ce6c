/**
 * Words that stand beside a declaration without being part of the language: the language's own way to align, compilers'
 * attributes, and macros of frameworks (ESP-IDF's esp_attr.h, CMSIS-Core's cmsis_compiler.h, avr/pgmspace.h, Pico SDK).
 */
export const attributeWords =
  /^(?:alignas|_Alignas|__attribute__|__attribute|__declspec|DMA_ATTR|\w*_BSS_ATTR|EXT_RAM_\w*ATTR|EXT_RAM_NOINIT_ATTR|[ID]RAM_ATTR|RTC_\w+_ATTR|NOINIT_ATTR|WORD_ALIGNED_ATTR|COREDUMP_\w*ATTR|PROGMEM|ICACHE_(?:RODATA|FLASH)_ATTR|__ALIGNED|__ALIGN_BEGIN|__ALIGN_END|DATA_ALIGN_ATTRIBUTE|__in_flash|__not_in_flash|__uninitialized_ram|__scratch_[xy]|CMSIS_\w+_SECTION|AT_NONCACHEABLE_SECTION(?:_ALIGN)?|SDRAM_DATA|DMAMEM|EXTMEM|FLASHMEM)$/;

/** Whether the body of a macro makes it an attribute: `#define ALIGN(x) __attribute__((aligned(x)))`. */
export function isAttributeBody(body: string): boolean {
  return /^\s*(?:(?:alignas|_Alignas|__attribute__|__attribute|__declspec)\s*\(|\[\[)/.test(body);
}

/** Whether a word with what follows it gives a variable another name in the program: `asm("_binary_model_start")`. */
export function isSymbolName(word: string, following: string): boolean {
  return /^(?:asm|__asm__|__asm)$/.test(word) && /^\s*\(\s*"/.test(following);
}
