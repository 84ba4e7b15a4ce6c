// Stands in for TFLM's own header in tests: an interpreter, and what it may be given.
#ifndef MILLIWATT_TEST_MICRO_INTERPRETER_H_
#define MILLIWATT_TEST_MICRO_INTERPRETER_H_
#include <math.h>  // as TFLM's own, through FlatBuffers
#include "tensorflow/lite/micro/micro_op_resolver.h"
#include "tensorflow/lite/micro/micro_profiler_interface.h"
namespace tflite {
class MicroAllocator {
 public:
  static MicroAllocator* Create(uint8_t* arena, size_t arena_bytes);
};
class MicroResourceVariables {
 public:
  static MicroResourceVariables* Create(MicroAllocator* allocator, int variables);
};
class MicroInterpreter {
 public:
  MicroInterpreter(const Model* model, const MicroOpResolver& resolver, uint8_t* arena, size_t arena_bytes,
                   MicroResourceVariables* variables = nullptr, MicroProfilerInterface* profiler = nullptr,
                   bool preserve_all_tensors = false);
  MicroInterpreter(const Model* model, const MicroOpResolver& resolver, MicroAllocator* allocator,
                   MicroResourceVariables* variables = nullptr, MicroProfilerInterface* profiler = nullptr);
  MicroInterpreter(const MicroInterpreter&) = delete;
  TfLiteStatus AllocateTensors();
  TfLiteStatus Invoke();
  TfLiteStatus Reset();
  TfLiteTensor* input(size_t index);
  TfLiteTensor* output(size_t index);
  size_t inputs_size() const;
  size_t outputs_size() const;
  size_t arena_used_bytes() const;
  template <class Element>
  Element* typed_input_tensor(int index);
  template <class Element>
  Element* typed_output_tensor(int index);
};
class RecordingMicroInterpreter : public MicroInterpreter {
 public:
  using MicroInterpreter::MicroInterpreter;
};
}  // namespace tflite
#endif
