// Bare-metal firmware for QEMU's mps2-an385 (Cortex-M3): prints a profile by the profiler's own code, with work in place of kernels.
// The model's bytes come from a generated header; nothing of TensorFlow Lite Micro is in it.

#include <stddef.h>
#include <stdint.h>

// Timer 0 of the CMSDK (Arm DDI 0479, 4.4.2) counts down with the system clock of 25 MHz; QEMU has no DWT.
#define CMSDK_TIMER(offset) (*reinterpret_cast<volatile uint32_t*>(0x40000000u + (offset)))
#define MILLIWATT_TICKS() (~CMSDK_TIMER(4))
#define MILLIWATT_TICK_UNIT "cycles"
#define MILLIWATT_TICKS_PER_SECOND 25000000u
#define MILLIWATT_START_COUNTER() \
  do {                            \
    CMSDK_TIMER(8) = 0xffffffffu; \
    CMSDK_TIMER(4) = 0xffffffffu; \
    CMSDK_TIMER(0) = 1;           \
  } while (0)
#define MILLIWATT_CLOCK_HZ 25000000u
#define MILLIWATT_FLAGS "reference"
#define MILLIWATT_WITHOUT_TFLM
#include "milliwatt_profiler.h"
#include "model.h"

namespace {

// UART 0 of the CMSDK (Arm DDI 0479, 4.6.2): data, state (bit 0: full), control, baud rate divider.
#define CMSDK_UART(offset) (*reinterpret_cast<volatile uint32_t*>(0x40004000u + (offset)))

void Put(char c) {
  while (CMSDK_UART(4) & 1) {
  }
  CMSDK_UART(0) = static_cast<uint8_t>(c);
}

void PrintLine(const char* line) {
  while (*line != 0) Put(*line++);
  Put('\r');
  Put('\n');
}

volatile uint32_t sink;

// So many rounds of work; more rounds take longer.
void Work(uint32_t rounds) {
  for (uint32_t i = 0; i < rounds; ++i) sink = sink * 1664525u + 1013904223u;
}

milliwatt::Recorder<16> recorder;

void Operator(const char* tag, uint32_t rounds) {
  const uint32_t handle = recorder.Begin(tag);
  Work(rounds);
  recorder.End(handle);
}

}  // namespace

extern "C" int main() {
  CMSDK_UART(16) = 217;  // 115200 baud of 25 MHz
  CMSDK_UART(8) = 1;     // transmitter on
  PrintLine("Milliwatt test firmware");
  recorder.SetModel(kModel, kModelSize);
  recorder.SetArenaUsed(kArenaUsed);
  for (uint32_t run = 0; run < 3; ++run) {
    recorder.Clear();
    for (size_t i = 0; i < kOperatorCount; ++i) Operator(kOperators[i], 2000u * (kOperatorCount - i));
    recorder.Print(PrintLine);
  }
  PrintLine("Done");
  for (;;) {
  }
}

// ---- Start-up: the vector table, and memory as C++ expects it -------------------------------------------------------------

extern "C" {
extern uint32_t stack_top, data_start, data_end, data_image, bss_start, bss_end;
[[noreturn]] void Reset();
[[noreturn]] void Fault();
}

extern "C" void Reset() {
  const uint32_t* from = &data_image;
  for (uint32_t* to = &data_start; to < &data_end;) *to++ = *from++;
  for (uint32_t* to = &bss_start; to < &bss_end;) *to++ = 0;
  main();
  for (;;) {
  }
}

extern "C" void Fault() {
  PrintLine("[HardFault]");
  for (;;) {
  }
}

struct Vectors {
  uint32_t* stack;
  void (*handlers[15])();
};
extern const Vectors vectors __attribute__((section(".vectors")));
const Vectors vectors = {&stack_top, {Reset, Fault, Fault, Fault, Fault, Fault}};
