// Measures the operators of a TensorFlow Lite Micro model and prints them so that Milliwatt can lay them beside its estimates.
// One header, C++11, no dependencies; README.md beside it says how it is used and what it prints.
//
//   #include "milliwatt_profiler.h"
//   static milliwatt::MilliwattProfiler<32> profiler;           // room for 32 operators: 8 bytes each
//   tflite::MicroInterpreter interpreter(model, resolver, arena, kArenaSize, nullptr, &profiler);
//   profiler.SetModel(g_model, g_model_len);                    // so that the profile names its model
//   ...
//   profiler.Clear();
//   interpreter.Invoke();
//   profiler.SetArenaUsed(interpreter.arena_used_bytes());
//   profiler.Print([](const char* line) { printf("%s\n", line); });
//
// Settings, each a macro to define before this header:
//   MILLIWATT_CLOCK_HZ          the processor's clock; not known where it is left out
//   MILLIWATT_FLAGS             what the firmware was built with: "cmsis-nn,O3" (cmsis-nn, esp-nn or reference; Os, O2 or O3)
//   MILLIWATT_TFLM_VERSION      commit or release of TensorFlow Lite Micro
//   MILLIWATT_TICKS()           another counter, with MILLIWATT_TICK_UNIT ("cycles", "microseconds", "milliseconds", "ticks")
//                               and MILLIWATT_TICKS_PER_SECOND
//   MILLIWATT_WITHOUT_TFLM      leave out the class for TensorFlow Lite Micro: only milliwatt::Recorder

#ifndef MILLIWATT_PROFILER_H_
#define MILLIWATT_PROFILER_H_

#include <stddef.h>
#include <stdint.h>

// ---- The counter ------------------------------------------------------------------------------------------------------

#if defined(MILLIWATT_TICKS)
#if !defined(MILLIWATT_TICK_UNIT) || !defined(MILLIWATT_TICKS_PER_SECOND)
#error "With MILLIWATT_TICKS() define MILLIWATT_TICK_UNIT and MILLIWATT_TICKS_PER_SECOND as well."
#endif
#if !defined(MILLIWATT_START_COUNTER)
#define MILLIWATT_START_COUNTER()
#endif

#elif defined(ESP_PLATFORM)
// Xtensa's CCOUNT, and the cycle counter of Espressif's RISC-V cores: the framework knows both.
#include "esp_cpu.h"
#define MILLIWATT_TICKS() static_cast<uint32_t>(esp_cpu_get_cycle_count())
#define MILLIWATT_START_COUNTER()
#define MILLIWATT_COUNTS_CYCLES

#elif defined(__XTENSA__)
namespace milliwatt {
inline uint32_t XtensaCycles() {
  uint32_t cycles;
  __asm__ volatile("rsr.ccount %0" : "=a"(cycles));
  return cycles;
}
}  // namespace milliwatt
#define MILLIWATT_TICKS() milliwatt::XtensaCycles()
#define MILLIWATT_START_COUNTER()
#define MILLIWATT_COUNTS_CYCLES

#elif defined(__riscv)
// Machine mode reads mcycle; in user mode define MILLIWATT_RDCYCLE, which needs the counter to be enabled for it.
// Written as the encoding of `csrr` (a CSRRS from register 0; the CSR's number as a signed 12-bit field), since assemblers refuse the
// mnemonic where -march does not name zicsr, and not all compilers know that name.
namespace milliwatt {
inline uint32_t RiscvCycles() {
  unsigned long cycles;
#if defined(MILLIWATT_RDCYCLE)  // cycle, 0xc00
  __asm__ volatile(".insn i 0x73, 2, %0, x0, -1024" : "=r"(cycles));
#else  // mcycle, 0xb00
  __asm__ volatile(".insn i 0x73, 2, %0, x0, -1280" : "=r"(cycles));
#endif
  return static_cast<uint32_t>(cycles);
}
}  // namespace milliwatt
#define MILLIWATT_TICKS() milliwatt::RiscvCycles()
#define MILLIWATT_START_COUNTER()
#define MILLIWATT_COUNTS_CYCLES

#elif defined(__ARM_ARCH_7M__) || defined(__ARM_ARCH_7EM__) || defined(__ARM_ARCH_8M_MAIN__) || defined(__ARM_ARCH_8_1M_MAIN__)
// CYCCNT of the Data Watchpoint and Trace unit (ARMv7-M Architecture Reference Manual, C1.8). Debuggers use it too.
namespace milliwatt {
inline volatile uint32_t& Register(uint32_t address) { return *reinterpret_cast<volatile uint32_t*>(address); }
inline void StartDwt() {
  Register(0xE000EDFCu) |= 1u << 24;  // DEMCR.TRCENA: without it the unit does not answer
  Register(0xE0001FB0u) = 0xC5ACCE55u;  // the lock of the Cortex-M7; ignored elsewhere
  Register(0xE0001000u) |= 1u;          // DWT_CTRL.CYCCNTENA
}
}  // namespace milliwatt
#define MILLIWATT_TICKS() milliwatt::Register(0xE0001004u)
#define MILLIWATT_START_COUNTER() milliwatt::StartDwt()
#define MILLIWATT_COUNTS_CYCLES

// Cores without a cycle counter (Cortex-M0, M0+, M23): the timer of the framework, in microseconds.
#elif defined(PICO_SDK_VERSION_STRING) || defined(PICO_BOARD)
#include "hardware/timer.h"
#define MILLIWATT_TICKS() time_us_32()
#define MILLIWATT_TICK_UNIT "microseconds"
#define MILLIWATT_TICKS_PER_SECOND 1000000u
#define MILLIWATT_START_COUNTER()

#elif defined(ARDUINO)
#include <Arduino.h>
#define MILLIWATT_TICKS() static_cast<uint32_t>(micros())
#define MILLIWATT_TICK_UNIT "microseconds"
#define MILLIWATT_TICKS_PER_SECOND 1000000u
#define MILLIWATT_START_COUNTER()

#else
#error "This core has no cycle counter: define MILLIWATT_TICKS(), MILLIWATT_TICK_UNIT and MILLIWATT_TICKS_PER_SECOND for a timer."
#endif

#if !defined(MILLIWATT_CLOCK_HZ)
#define MILLIWATT_CLOCK_HZ 0u
#endif
#if defined(MILLIWATT_COUNTS_CYCLES)
#define MILLIWATT_TICK_UNIT "cycles"
#define MILLIWATT_TICKS_PER_SECOND MILLIWATT_CLOCK_HZ
#endif
#if !defined(MILLIWATT_TFLM_VERSION)
#define MILLIWATT_TFLM_VERSION "-"
#endif
#if !defined(MILLIWATT_FLAGS)
#if defined(CMSIS_NN)
#define MILLIWATT_FLAGS "cmsis-nn"
#elif defined(ESP_NN)
#define MILLIWATT_FLAGS "esp-nn"
#else
#define MILLIWATT_FLAGS "-"
#endif
#endif

namespace milliwatt {

// Takes one line of text without its end.
typedef void (*PrintLine)(const char* line);

// ---- SHA-256 (FIPS 180-4) ---------------------------------------------------------------------------------------------

class Sha256 {
 public:
  // Writes 64 hexadecimal digits and a zero to `text`.
  static void HexOf(const uint8_t* data, size_t size, char* text) {
    uint32_t h[8] = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au, 0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};
    size_t at = 0;
    for (; at + 64 <= size; at += 64) Block(h, data + at);
    uint8_t last[128] = {0};
    const size_t rest = size - at;
    for (size_t i = 0; i < rest; ++i) last[i] = data[at + i];
    last[rest] = 0x80;
    const size_t padded = rest < 56 ? 64 : 128;
    const uint64_t bits = static_cast<uint64_t>(size) * 8;
    for (size_t i = 0; i < 8; ++i) last[padded - 1 - i] = static_cast<uint8_t>(bits >> (8 * i));
    for (size_t i = 0; i < padded; i += 64) Block(h, last + i);
    for (int i = 0; i < 64; ++i) text[i] = "0123456789abcdef"[(h[i / 8] >> (28 - 4 * (i % 8))) & 15];
    text[64] = 0;
  }

 private:
  static uint32_t Turn(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }

  static void Block(uint32_t* h, const uint8_t* data) {
    static const uint32_t k[64] = {
        0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
        0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
        0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
        0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
        0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
        0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
        0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
        0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u};
    uint32_t w[64];
    for (int i = 0; i < 16; ++i) {
      w[i] = static_cast<uint32_t>(data[4 * i]) << 24 | static_cast<uint32_t>(data[4 * i + 1]) << 16 |
             static_cast<uint32_t>(data[4 * i + 2]) << 8 | data[4 * i + 3];
    }
    for (int i = 16; i < 64; ++i) {
      const uint32_t s0 = Turn(w[i - 15], 7) ^ Turn(w[i - 15], 18) ^ (w[i - 15] >> 3);
      const uint32_t s1 = Turn(w[i - 2], 17) ^ Turn(w[i - 2], 19) ^ (w[i - 2] >> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t v[8];
    for (int i = 0; i < 8; ++i) v[i] = h[i];
    for (int i = 0; i < 64; ++i) {
      const uint32_t e = Turn(v[4], 6) ^ Turn(v[4], 11) ^ Turn(v[4], 25);
      const uint32_t t1 = v[7] + e + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
      const uint32_t a = Turn(v[0], 2) ^ Turn(v[0], 13) ^ Turn(v[0], 22);
      const uint32_t t2 = a + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
      for (int j = 7; j > 0; --j) v[j] = v[j - 1];
      v[4] += t1;
      v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; ++i) h[i] += v[i];
  }
};

// ---- One line of output -------------------------------------------------------------------------------------------------

class Line {
 public:
  Line& Text(const char* text) {
    while (*text != 0) Put(*text++);
    return *this;
  }
  Line& Number(uint64_t value) {
    char digits[20];
    int count = 0;
    do {
      digits[count++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    while (count > 0) Put(digits[--count]);
    return *this;
  }
  // `-` where it is not known.
  Line& Known(uint64_t value) { return value == 0 ? Text("-") : Number(value); }

  // Ends the line with its checksum and prints it: CRC-16/IBM-3740 of everything before the blank.
  void Print(PrintLine print) {
    uint16_t crc = 0xffff;
    for (size_t i = 0; i < size_; ++i) {
      crc = static_cast<uint16_t>(crc ^ (static_cast<uint8_t>(text_[i]) << 8));
      for (int bit = 0; bit < 8; ++bit) crc = static_cast<uint16_t>(crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1);
    }
    Text(" *");
    for (int shift = 12; shift >= 0; shift -= 4) Put("0123456789ABCDEF"[(crc >> shift) & 15]);
    text_[size_] = 0;
    print(text_);
    size_ = 0;
  }

 private:
  void Put(char c) {
    if (size_ + 1 < sizeof(text_)) text_[size_++] = c;
  }
  char text_[400];
  size_t size_ = 0;
};

// ---- What is recorded -----------------------------------------------------------------------------------------------------

// Ticks of operators in the order in which they ran: 8 bytes each on a 32-bit core.
template <size_t kMostOperators>
class Recorder {
 public:
  // Lets the profile say which model it is of. `size` must be that of the model file.
  void SetModel(const void* data, size_t size) {
    model_ = static_cast<const uint8_t*>(data);
    model_size_ = size;
  }
  void SetArenaUsed(size_t bytes) { arena_used_ = bytes; }

  // Forgets what was recorded; call it before each inference.
  void Clear() { count_ = dropped_ = nested_ = depth_ = 0; }

  uint32_t Begin(const char* tag) {
    // What runs inside another operator (a called graph) is counted in that one alone.
    if (depth_++ > 0) {
      ++nested_;
      return kIgnored;
    }
    if (count_ == kMostOperators) {
      ++dropped_;
      return kIgnored;
    }
    if (!is_started_) {
      MILLIWATT_START_COUNTER();
      is_started_ = true;
    }
    Record& record = records_[count_];
    record.tag = tag;
    record.ticks = MILLIWATT_TICKS();
    return count_++;
  }

  void End(uint32_t handle) {
    const uint32_t now = MILLIWATT_TICKS();
    if (depth_ > 0) --depth_;
    if (handle < count_) records_[handle].ticks = now - records_[handle].ticks;
  }

  void Print(PrintLine print) const {
    char hash[65] = "-";
    if (model_ != nullptr) Sha256::HexOf(model_, model_size_, hash);
    Line line;
    line.Text("MW1 begin model=").Text(hash).Text(" clock=").Known(MILLIWATT_CLOCK_HZ);
    line.Text(" unit=" MILLIWATT_TICK_UNIT " rate=").Known(MILLIWATT_TICKS_PER_SECOND);
    line.Text(" ops=").Number(count_).Text(" dropped=").Number(dropped_).Text(" nested=").Number(nested_);
    line.Text(" tflm=" MILLIWATT_TFLM_VERSION " flags=" MILLIWATT_FLAGS " arena=").Known(arena_used_);
    line.Print(print);
    uint64_t total = 0;
    for (uint32_t i = 0; i < count_; ++i) {
      const Record& record = records_[i];
      total += record.ticks;
      line.Text("MW1 op ").Number(i).Text(" ").Text(record.tag).Text(" ").Number(record.ticks).Print(print);
    }
    line.Text("MW1 end ").Number(count_).Text(" ").Number(total).Print(print);
  }

 private:
  static const uint32_t kIgnored = 0xffffffffu;
  struct Record {
    const char* tag;
    // When it began, until it has ended; then how long it took.
    uint32_t ticks;
  };
  Record records_[kMostOperators];
  uint32_t count_ = 0;
  uint32_t dropped_ = 0;
  uint32_t nested_ = 0;
  uint32_t depth_ = 0;
  bool is_started_ = false;
  const uint8_t* model_ = nullptr;
  size_t model_size_ = 0;
  size_t arena_used_ = 0;
};

}  // namespace milliwatt

// ---- For the interpreter ----------------------------------------------------------------------------------------------------

#if !defined(MILLIWATT_WITHOUT_TFLM)
#include "tensorflow/lite/micro/micro_profiler_interface.h"

namespace milliwatt {

// Give it to the MicroInterpreter as its profiler.
template <size_t kMostOperators>
class MilliwattProfiler : public tflite::MicroProfilerInterface {
 public:
  uint32_t BeginEvent(const char* tag) override { return recorder_.Begin(tag); }
  void EndEvent(uint32_t handle) override { recorder_.End(handle); }

  void SetModel(const void* data, size_t size) { recorder_.SetModel(data, size); }
  void SetArenaUsed(size_t bytes) { recorder_.SetArenaUsed(bytes); }
  void Clear() { recorder_.Clear(); }
  void Print(PrintLine print) const { recorder_.Print(print); }

 private:
  Recorder<kMostOperators> recorder_;
};

}  // namespace milliwatt
#endif

#endif  // MILLIWATT_PROFILER_H_
