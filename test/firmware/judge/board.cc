// The board that judged firmware runs on: QEMU's mps2-an386 (Cortex-M4F), text by semihosting. Every interpreter of the
// firmware is watched from outside: what AllocateTensors() gives is printed, then the model is run once.

#include <malloc.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tensorflow/lite/micro/micro_interpreter.h"

namespace {

// Operations of Arm's semihosting (Arm 100863).
constexpr uint32_t kWriteText = 0x04;
constexpr uint32_t kExit = 0x20;
constexpr uint32_t kApplicationExit = 0x20026;

uint32_t Semihosting(uint32_t operation, const void* argument) {
  register uint32_t r0 asm("r0") = operation;
  register const void* r1 asm("r1") = argument;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

void Print(const char* text) { Semihosting(kWriteText, text); }

[[noreturn]] void Exit(uint32_t code) {
  const uint32_t block[2] = {kApplicationExit, code};
  Semihosting(kExit, block);
  for (;;) {
  }
}

int interpreters = 0;

}  // namespace

extern "C" {

// ---- What TFLM and the firmware call ----------------------------------------------------------------------------

void DebugLog(const char* format, va_list arguments) {
  char line[256];
  vsnprintf(line, sizeof(line), format, arguments);
  Print(line);
}

int DebugVsnprintf(char* buffer, size_t bytes, const char* format, va_list arguments) {
  return vsnprintf(buffer, bytes, format, arguments);
}

void* heap_caps_malloc(size_t bytes, uint32_t) { return malloc(bytes); }
void* heap_caps_aligned_alloc(size_t alignment, size_t bytes, uint32_t) { return memalign(alignment, bytes); }

// Nothing of a firmware is ever destroyed.
void* __dso_handle = nullptr;

extern char heap_start, stack_limit;

void* _sbrk(int bytes) {
  static char* end = &heap_start;
  char* const before = end;
  if (end + bytes > &stack_limit) return reinterpret_cast<void*>(-1);
  end += bytes;
  return before;
}

// ---- The linker lets calls of AllocateTensors() come here first (--wrap) --------------------------------------------

TfLiteStatus __real__ZN6tflite16MicroInterpreter15AllocateTensorsEv(tflite::MicroInterpreter* interpreter);

TfLiteStatus __wrap__ZN6tflite16MicroInterpreter15AllocateTensorsEv(tflite::MicroInterpreter* interpreter) {
  const TfLiteStatus status = __real__ZN6tflite16MicroInterpreter15AllocateTensorsEv(interpreter);
  if (status != kTfLiteOk) {
    Print("AllocateTensors failed\n");
    Exit(1);
  }
  char line[64];
  const unsigned used = interpreter->arena_used_bytes();
  snprintf(line, sizeof(line), "AllocateTensors used %u bytes\n", used);
  Print(line);
  Print(interpreter->Invoke() == kTfLiteOk ? "Invoke succeeded\n" : "Invoke failed\n");
  interpreters += 1;
  if (interpreters == INTERPRETERS) Exit(0);
  return status;
}

// ---- Start-up: the vector table, and memory as C++ expects it --------------------------------------------------------

extern uint32_t stack_top, data_start, data_end, data_image, bss_start, bss_end;
extern void (*init_start[])();
extern void (*init_end[])();
[[noreturn]] void Reset();
[[noreturn]] void Fault();

}

// Firmware without a main of its own is a sketch, or a component with the same two functions.
void setup() __attribute__((weak));
void loop() __attribute__((weak));
int readPixel(int index) { return index & 0xff; }

__attribute__((weak)) int main() {
  if (setup != nullptr) setup();
  if (loop != nullptr) loop();
  return 0;
}

void Reset() {
  // The floating-point unit is off after a reset.
  *reinterpret_cast<volatile uint32_t*>(0xe000ed88u) |= 0xfu << 20;
  asm volatile("dsb\nisb");
  const uint32_t* from = &data_image;
  for (uint32_t* to = &data_start; to < &data_end;) *to++ = *from++;
  for (uint32_t* to = &bss_start; to < &bss_end;) *to++ = 0;
  for (void (**each)() = init_start; each < init_end; ++each) (*each)();
  main();
  Print("the firmware ended\n");
  Exit(2);
}

void Fault() {
  Print("HardFault\n");
  Exit(3);
}

struct Vectors {
  uint32_t* stack;
  void (*handlers[15])();
};
extern const Vectors vectors __attribute__((section(".vectors")));
const Vectors vectors = {&stack_top, {Reset, Fault, Fault, Fault, Fault, Fault}};
