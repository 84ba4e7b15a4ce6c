// Stands in for ESP-IDF's own headers in tests: memory by what it is capable of, and where a variable lies.
#ifndef MILLIWATT_TEST_ESP_HEAP_CAPS_H_
#define MILLIWATT_TEST_ESP_HEAP_CAPS_H_
#include <stddef.h>
#include <stdint.h>
#define MALLOC_CAP_8BIT (1 << 2)
#define MALLOC_CAP_DMA (1 << 3)
#define MALLOC_CAP_SPIRAM (1 << 10)
#define MALLOC_CAP_INTERNAL (1 << 11)
#define MALLOC_CAP_DEFAULT (1 << 12)
#define DMA_ATTR __attribute__((aligned(4)))
#define EXT_RAM_ATTR __attribute__((section(".ext_ram.bss")))
#define EXT_RAM_BSS_ATTR __attribute__((section(".ext_ram.bss")))
extern "C" {
void* heap_caps_malloc(size_t bytes, uint32_t capabilities);
void* heap_caps_calloc(size_t items, size_t bytes, uint32_t capabilities);
void* heap_caps_aligned_alloc(size_t alignment, size_t bytes, uint32_t capabilities);
void* ps_malloc(size_t bytes);
void* ps_calloc(size_t items, size_t bytes);
void heap_caps_free(void* memory);
}
#endif
