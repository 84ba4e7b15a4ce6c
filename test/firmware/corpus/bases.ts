import type { Project } from './corpus';

const array = (name: string, before = 'alignas(16) const'): string =>
  `#include "model.h"\n${before} unsigned char ${name}[] = {0x1c, 0x00, 0x00, 0x00, 0x54, 0x46, 0x4c, 0x33};\nconst unsigned int ${name}_len = 8;\n`;
const header = (name: string): string =>
  `#pragma once\nextern const unsigned char ${name}[];\nextern const unsigned int ${name}_len;\n`;

/** An Arduino sketch in the form of TFLM's examples: pointers beside static objects. */
export const arduino: Project = {
  models: { 'sketch/model.cpp g_model': 'dense' },
  files: {
    'sketch/model.h': `${header('g_model')}int readPixel(int index);\n`,
    'sketch/model.cpp': array('g_model'),
    'sketch/sketch.ino': `#include <TensorFlowLite.h>
#include "model.h"

namespace {
const tflite::Model* model = nullptr;
tflite::MicroInterpreter* interpreter = nullptr;
TfLiteTensor* input = nullptr;

constexpr int kTensorArenaSize = 784;
alignas(16) uint8_t tensor_arena[kTensorArenaSize];
}

void setup() {
  model = tflite::GetModel(g_model);
  static tflite::MicroMutableOpResolver<2> resolver;
  if (resolver.AddFullyConnected() != kTfLiteOk) return;
  if (resolver.AddSoftmax() != kTfLiteOk) return;
  static tflite::MicroInterpreter static_interpreter(model, resolver, tensor_arena, kTensorArenaSize);
  interpreter = &static_interpreter;
  if (interpreter->AllocateTensors() != kTfLiteOk) return;
  input = interpreter->input(0);
}

void loop() {
  for (int i = 0; i < 64; i++) {
    input->data.int8[i] = static_cast<int8_t>(readPixel(i) - 128);
  }
  interpreter->Invoke();
}
`,
  },
};

/** An ESP-IDF component: constants, helper, array and interpreter in files of their own. */
export const espIdf: Project = {
  models: { 'main/model_data.cc g_person_model': 'dense' },
  files: {
    'main/settings.h': `#ifndef SETTINGS_H_
#define SETTINGS_H_
#define KB(x) ((x) * 1024)
constexpr int kScratch = 16;
constexpr size_t kArenaBytes = KB(1) / 2 + 256 + kScratch;
#endif
`,
    'main/model_data.h': header('g_person_model'),
    'main/model_data.cc': array('g_person_model').replace('model.h', 'model_data.h'),
    'main/operators.h': `#pragma once
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
using OpResolver = tflite::MicroMutableOpResolver<2>;
TfLiteStatus RegisterOps(OpResolver& op_resolver);
`,
    'main/operators.cc': `#include "operators.h"
TfLiteStatus RegisterOps(OpResolver& op_resolver) {
  TF_LITE_ENSURE_STATUS(op_resolver.AddFullyConnected(tflite::Register_FULLY_CONNECTED_INT8()));
  TF_LITE_ENSURE_STATUS(op_resolver.AddSoftmax());
  return kTfLiteOk;
}
`,
    'main/main_functions.cc': `#include "settings.h"
#include "model_data.h"
#include "operators.h"

static uint8_t* arena = nullptr;
static tflite::MicroInterpreter* interpreter = nullptr;

void setup() {
  const tflite::Model* model = tflite::GetModel(g_person_model);
  if (arena == nullptr) {
    arena = (uint8_t*)heap_caps_aligned_alloc(16, kArenaBytes, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
  }
  static OpResolver op_resolver;
  if (RegisterOps(op_resolver) != kTfLiteOk) return;
  static tflite::MicroInterpreter static_interpreter(
      model, op_resolver, arena, kArenaBytes);
  interpreter = &static_interpreter;
  if (interpreter->AllocateTensors() != kTfLiteOk) return;
}
`,
  },
};

/** A Pico program with everything in a class. */
export const pico: Project = {
  models: { 'src/model.cpp model_tflite': 'dense' },
  files: {
    'src/model.h': header('model_tflite'),
    'src/model.cpp': array('model_tflite', 'const __attribute__((aligned(16)))'),
    'src/classifier.hpp': `#pragma once
class Classifier {
 public:
  explicit Classifier(const unsigned char* data);
  bool begin();

 private:
  static constexpr size_t kArena = 784;
  alignas(16) uint8_t arena_[kArena];
  tflite::MicroMutableOpResolver<2> resolver_;
  tflite::MicroInterpreter interpreter_;
};
`,
    'src/classifier.cpp': `#include "classifier.hpp"
Classifier::Classifier(const unsigned char* data)
    : interpreter_(tflite::GetModel(data), resolver_, arena_, kArena) {
  TFLITE_CHECK_EQ(resolver_.AddFullyConnected(), kTfLiteOk);
}
bool Classifier::begin() {
  if (resolver_.AddSoftmax() != kTfLiteOk) {
    return false;
  }
  return interpreter_.AllocateTensors() == kTfLiteOk;
}
`,
    'src/main.cpp': `#include "classifier.hpp"
#include "model.h"
static Classifier classifier(model_tflite);
int main() {
  while (true) classifier.begin();
}
`,
  },
};

/** Two models with an interpreter each, made on the heap. */
export const twoModels: Project = {
  models: { 'app/a.c model_a': 'dense', 'app/b.c model_b': 'conv' },
  files: {
    'app/model.h': header('model_a') + header('model_b'),
    'app/a.c': array('model_a', 'const __attribute__((aligned(16)))'),
    'app/b.c': array('model_b', 'const __attribute__((aligned(16)))'),
    'app/main.cpp': `#include "model.h"
#define ARENA_A 784
#define ARENA_B (3 * 1024)
static uint8_t arena_a[ARENA_A] __attribute__((aligned(16)));
alignas(16) static uint8_t arena_b[ARENA_B];
static tflite::MicroMutableOpResolver<2> ops_a;
static tflite::MicroMutableOpResolver<2> ops_b;
static tflite::MicroInterpreter* make(const uint8_t* data, const tflite::MicroOpResolver& ops, uint8_t* arena, size_t bytes) {
  return new tflite::MicroInterpreter(tflite::GetModel(data), ops, arena, bytes);
}
int main() {
  if (ops_a.AddFullyConnected() != kTfLiteOk) return 1;
  if (ops_a.AddSoftmax() != kTfLiteOk) return 1;
  if (ops_b.AddRelu() != kTfLiteOk) return 1;
  if (ops_b.AddRelu6() != kTfLiteOk) return 1;
  auto first = new tflite::MicroInterpreter(tflite::GetModel(model_a), ops_a, arena_a, ARENA_A);
  auto second = std::make_unique<tflite::MicroInterpreter>(tflite::GetModel(model_b), ops_b, arena_b, sizeof(arena_b));
  first->AllocateTensors();
  second->AllocateTensors();
}
`,
  },
};
