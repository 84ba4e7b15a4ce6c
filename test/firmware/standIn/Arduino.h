// Stands in for the header of an Arduino core in tests: every sketch is compiled behind it.
#ifndef MILLIWATT_TEST_ARDUINO_H_
#define MILLIWATT_TEST_ARDUINO_H_
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#define PROGMEM
#define HIGH 1
#define LOW 0
unsigned long millis();
void delay(unsigned long milliseconds);
int analogRead(uint8_t pin);
void digitalWrite(uint8_t pin, uint8_t level);
void* ps_malloc(size_t bytes);
struct SerialPort {
  void begin(unsigned long baud);
  void print(const char* text);
  void print(double value, int digits = 2);
  void println(const char* text = "");
  void println(int value);
  void println(double value, int digits = 2);
  explicit operator bool();
};
extern SerialPort Serial;
#endif
