// Stands in for TFLM's own header in tests.
#ifndef MILLIWATT_TEST_ALL_OPS_RESOLVER_H_
#define MILLIWATT_TEST_ALL_OPS_RESOLVER_H_
#include "tensorflow/lite/micro/micro_op_resolver.h"
namespace tflite {
class AllOpsResolver : public MicroOpResolver {};
}  // namespace tflite
#endif
