// Stands in for Zephyr's own header in tests: a thread with its stack, and memory.
#ifndef MILLIWATT_TEST_ZEPHYR_KERNEL_H_
#define MILLIWATT_TEST_ZEPHYR_KERNEL_H_
#include <stddef.h>
#include <stdint.h>
typedef void (*k_thread_entry_t)(void*, void*, void*);
struct k_thread {};
#define K_THREAD_STACK_DEFINE(name, bytes) char name[bytes] __attribute__((aligned(32)))
#define K_THREAD_DEFINE(name, bytes, entry, first, second, third, priority, options, delay) \
  char name##_stack[bytes];                                                                  \
  const k_thread_entry_t name = (k_thread_entry_t)entry
#define __aligned(bytes) __attribute__((aligned(bytes)))
#define printk printf
#include <stdio.h>
extern "C" {
void* k_malloc(size_t bytes);
void* k_aligned_alloc(size_t alignment, size_t bytes);
}
#endif
