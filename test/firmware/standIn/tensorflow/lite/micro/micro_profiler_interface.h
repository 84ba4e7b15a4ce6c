// Stands in for TensorFlow Lite Micro's own header in tests: the two methods that a profiler has.
#ifndef MILLIWATT_TEST_MICRO_PROFILER_INTERFACE_H_
#define MILLIWATT_TEST_MICRO_PROFILER_INTERFACE_H_
#include <stdint.h>
namespace tflite {
class MicroProfilerInterface {
 public:
  virtual ~MicroProfilerInterface() {}
  virtual uint32_t BeginEvent(const char* tag) = 0;
  virtual void EndEvent(uint32_t event_handle) = 0;
};
}  // namespace tflite
#endif
