// Names handwritten digits with TensorFlow Lite Micro. Images come in on the standard input, one byte a pixel, as a host
// sends them over the serial port; each is answered with the digit and its probability.

#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "digits_model.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_log.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/micro/system_setup.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace {

constexpr size_t kPixels = 28 * 28;
constexpr int kDigits = 10;

// Everything that the interpreter needs while it runs lies in here.
constexpr size_t kTensorArenaSize = 22 * 1024;
alignas(16) uint8_t tensor_arena[kTensorArenaSize];

using DigitsOpResolver = tflite::MicroMutableOpResolver<6>;

TfLiteStatus RegisterOps(DigitsOpResolver& resolver) {
  TF_LITE_ENSURE_STATUS(resolver.AddConv2D());
  TF_LITE_ENSURE_STATUS(resolver.AddDepthwiseConv2D());
  TF_LITE_ENSURE_STATUS(resolver.AddAveragePool2D());
  TF_LITE_ENSURE_STATUS(resolver.AddReshape());
  TF_LITE_ENSURE_STATUS(resolver.AddFullyConnected());
  TF_LITE_ENSURE_STATUS(resolver.AddSoftmax());
  return kTfLiteOk;
}

// Fills `pixels` with the next image, 28 rows of 28 grey values from 0 (paper) to 1 (ink); false at the end of the input.
bool ReadImage(float* pixels) {
  for (size_t i = 0; i < kPixels; ++i) {
    const int grey = std::getchar();
    if (grey == EOF) return false;
    pixels[i] = static_cast<float>(grey) / 255.0f;
  }
  return true;
}

int LargestOf(const float* values, int count) {
  int largest = 0;
  for (int i = 1; i < count; ++i) {
    if (values[i] > values[largest]) largest = i;
  }
  return largest;
}

}  // namespace

int main() {
  tflite::InitializeTarget();

  const tflite::Model* model = tflite::GetModel(g_digits_model);
  if (model->version() != TFLITE_SCHEMA_VERSION) {
    MicroPrintf("The model has schema version %d, this firmware reads %d.", static_cast<int>(model->version()),
                TFLITE_SCHEMA_VERSION);
    return 1;
  }

  static DigitsOpResolver resolver;
  if (RegisterOps(resolver) != kTfLiteOk) return 1;

  static tflite::MicroInterpreter interpreter(model, resolver, tensor_arena, kTensorArenaSize);
  if (interpreter.AllocateTensors() != kTfLiteOk) {
    MicroPrintf("The tensor arena of %d bytes is too small.", static_cast<int>(kTensorArenaSize));
    return 1;
  }
  MicroPrintf("Arena: %d of %d bytes used.", static_cast<int>(interpreter.arena_used_bytes()),
              static_cast<int>(kTensorArenaSize));

  while (ReadImage(interpreter.input(0)->data.f)) {
    if (interpreter.Invoke() != kTfLiteOk) return 1;
    const float* probabilities = interpreter.output(0)->data.f;
    const int digit = LargestOf(probabilities, kDigits);
    MicroPrintf("%d (%d %%)", digit, static_cast<int>(100.0f * probabilities[digit] + 0.5f));
  }
  return 0;
}
