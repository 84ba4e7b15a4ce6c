// Runs an exported model on QEMU's mps2-an386 (Cortex-M4F) and prints its outputs in hexadecimal, by semihosting.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

namespace {

// Operations of Arm's semihosting (Arm 100863).
constexpr uint32_t kWriteText = 0x04;
constexpr uint32_t kExit = 0x18;
constexpr uint32_t kApplicationExit = 0x20026;

void Semihosting(uint32_t operation, const void* argument) {
  register uint32_t r0 asm("r0") = operation;
  register const void* r1 asm("r1") = argument;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void Print(const char* text) { Semihosting(kWriteText, text); }

[[noreturn]] void Exit() {
  Semihosting(kExit, reinterpret_cast<const void*>(kApplicationExit));
  for (;;) {
  }
}

void PrintBytes(const void* bytes, size_t count) {
  static const char digits[] = "0123456789abcdef";
  for (size_t at = 0; at < count; ++at) {
    const uint8_t byte = static_cast<const uint8_t*>(bytes)[at];
    const char text[] = {digits[byte >> 4], digits[byte & 15], 0};
    Print(text);
  }
  Print("\n");
}

}  // namespace

#include "inputs.h"

extern "C" {

void DebugLog(const char*, va_list) {}
int DebugVsnprintf(char*, size_t, const char*, va_list) { return 0; }
void* __dso_handle = nullptr;
void* _sbrk(int) { return reinterpret_cast<void*>(-1); }
void _exit(int) { Exit(); }
int _kill(int, int) { return -1; }
int _getpid() { return 1; }
int _write(int, char*, int count) { return count; }
int _read(int, char*, int) { return 0; }
int _close(int) { return -1; }
int _lseek(int, int, int) { return 0; }
int _fstat(int, void*) { return 0; }
int _isatty(int) { return 1; }

extern uint32_t stack_top, data_start, data_end, data_image, bss_start, bss_end;

[[noreturn]] void Reset() {
  *reinterpret_cast<volatile uint32_t*>(0xe000ed88u) |= 0xfu << 20;  // the floating-point unit
  asm volatile("dsb\nisb");
  const uint32_t* from = &data_image;
  for (uint32_t* to = &data_start; to < &data_end;) *to++ = *from++;
  for (uint32_t* to = &bss_start; to < &bss_end;) *to++ = 0;
  if (!Setup()) Print("Setup failed\n");
  else if (!Run()) Print("Run failed\n");
  else Show();
  Exit();
}

[[noreturn]] void Fault() {
  Print("HardFault\n");
  Exit();
}

}

struct Vectors {
  uint32_t* stack;
  void (*handlers[15])();
};
extern const Vectors vectors __attribute__((section(".vectors")));
const Vectors vectors = {&stack_top, {Reset, Fault, Fault, Fault, Fault, Fault}};
