#ifndef DIGITS_MODEL_H_
#define DIGITS_MODEL_H_

// The bytes of digits_float.tflite as a C array; the build makes digits_model.cc from the model:
//   (echo '#include "digits_model.h"'
//    echo 'alignas(16) const unsigned char g_digits_model[] = {'
//    xxd -i < ../digits_float.tflite
//    echo '}; const unsigned int g_digits_model_len = sizeof(g_digits_model);') > digits_model.cc
extern const unsigned char g_digits_model[];
extern const unsigned int g_digits_model_len;

#endif  // DIGITS_MODEL_H_
