// Stands in for TFLM's own header in tests: a model is only pointed to.
#ifndef MILLIWATT_TEST_SCHEMA_GENERATED_H_
#define MILLIWATT_TEST_SCHEMA_GENERATED_H_
#include <stdint.h>
#define TFLITE_SCHEMA_VERSION 3
namespace tflite {
struct Model {
  uint32_t version() const;
};
const Model* GetModel(const void* bytes);
enum BuiltinOperator : int { BuiltinOperator_CONV_2D = 3, BuiltinOperator_FULLY_CONNECTED = 9, BuiltinOperator_SOFTMAX = 25 };
}  // namespace tflite
#endif
