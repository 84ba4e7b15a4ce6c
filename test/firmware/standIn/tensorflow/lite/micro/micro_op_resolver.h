// Stands in for TFLM's own header in tests.
#ifndef MILLIWATT_TEST_MICRO_OP_RESOLVER_H_
#define MILLIWATT_TEST_MICRO_OP_RESOLVER_H_
#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/schema/schema_generated.h"
struct TFLMRegistration {};
namespace tflite {
class MicroOpResolver {
 public:
  virtual ~MicroOpResolver() {}
};
}  // namespace tflite
#endif
