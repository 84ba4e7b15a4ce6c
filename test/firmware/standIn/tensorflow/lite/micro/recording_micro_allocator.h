// Stands in for TFLM's own header in tests.
#include "tensorflow/lite/micro/micro_interpreter.h"
