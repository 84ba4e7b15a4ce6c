// Stands in for the header of TFLM's libraries for Arduino in tests.
#include <tensorflow/lite/micro/micro_interpreter.h>
#include <tensorflow/lite/micro/micro_mutable_op_resolver.h>
