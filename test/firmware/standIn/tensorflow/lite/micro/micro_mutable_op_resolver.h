// Stands in for TFLM's own header in tests: the methods that add an operator, with the kernel that may be given.
#ifndef MILLIWATT_TEST_MICRO_MUTABLE_OP_RESOLVER_H_
#define MILLIWATT_TEST_MICRO_MUTABLE_OP_RESOLVER_H_
#include "tensorflow/lite/micro/micro_op_resolver.h"
#define WITH_KERNEL(name) TfLiteStatus Add##name(const TFLMRegistration& kernel = TFLMRegistration());
#define WITHOUT(name) TfLiteStatus Add##name();
namespace tflite {
template <unsigned int operators>
class MicroMutableOpResolver : public MicroOpResolver {
 public:
  TfLiteStatus AddCustom(const char* name, const TFLMRegistration* kernel);
  TfLiteStatus AddBuiltin(BuiltinOperator code, const TFLMRegistration& kernel, const void* parser);
  WITH_KERNEL(Abs) WITH_KERNEL(Add) WITH_KERNEL(AddN) WITH_KERNEL(ArgMax) WITH_KERNEL(ArgMin)
  WITH_KERNEL(AssignVariable) WITH_KERNEL(AveragePool2D) WITH_KERNEL(BatchMatMul) WITH_KERNEL(BatchToSpaceNd)
  WITH_KERNEL(BroadcastArgs) WITH_KERNEL(BroadcastTo) WITH_KERNEL(CallOnce) WITH_KERNEL(Cast)
  WITH_KERNEL(Ceil) WITH_KERNEL(Concatenation) WITH_KERNEL(Conv2D) WITH_KERNEL(Cos) WITH_KERNEL(CumSum)
  WITH_KERNEL(DepthToSpace) WITH_KERNEL(DepthwiseConv2D) WITH_KERNEL(Dequantize) WITH_KERNEL(Div)
  WITH_KERNEL(EmbeddingLookup) WITH_KERNEL(Elu) WITH_KERNEL(Equal) WITH_KERNEL(Exp) WITH_KERNEL(ExpandDims)
  WITH_KERNEL(Fill) WITH_KERNEL(Floor) WITH_KERNEL(FloorDiv) WITH_KERNEL(FloorMod)
  WITH_KERNEL(FullyConnected) WITH_KERNEL(Gather) WITH_KERNEL(GatherNd) WITH_KERNEL(Greater)
  WITH_KERNEL(GreaterEqual) WITH_KERNEL(HardSwish) WITH_KERNEL(If) WITH_KERNEL(Irfft)
  WITH_KERNEL(L2Normalization) WITH_KERNEL(L2Pool2D) WITH_KERNEL(LeakyRelu) WITH_KERNEL(Less)
  WITH_KERNEL(LessEqual) WITH_KERNEL(Log) WITH_KERNEL(LogicalAnd) WITH_KERNEL(LogicalNot)
  WITH_KERNEL(LogicalOr) WITH_KERNEL(Logistic) WITH_KERNEL(LogSoftmax) WITH_KERNEL(Maximum)
  WITH_KERNEL(MaxPool2D) WITH_KERNEL(MirrorPad) WITH_KERNEL(Mean) WITH_KERNEL(Minimum) WITH_KERNEL(Mul)
  WITH_KERNEL(Neg) WITH_KERNEL(NotEqual) WITH_KERNEL(Pack) WITH_KERNEL(Pad) WITH_KERNEL(PadV2)
  WITH_KERNEL(Prelu) WITH_KERNEL(Quantize) WITH_KERNEL(ReadVariable) WITH_KERNEL(ReduceAll)
  WITH_KERNEL(ReduceMax) WITH_KERNEL(ReduceMin) WITH_KERNEL(Relu) WITH_KERNEL(Relu6) WITH_KERNEL(Reshape)
  WITH_KERNEL(ResizeBilinear) WITH_KERNEL(ReverseV2) WITH_KERNEL(Rfft) WITH_KERNEL(Round) WITH_KERNEL(Rsqrt)
  WITH_KERNEL(SelectV2) WITH_KERNEL(Shape) WITH_KERNEL(Sin) WITH_KERNEL(Slice) WITH_KERNEL(Softmax)
  WITH_KERNEL(SpaceToBatchNd) WITH_KERNEL(SpaceToDepth) WITH_KERNEL(Split) WITH_KERNEL(SplitV)
  WITH_KERNEL(Squeeze) WITH_KERNEL(Sqrt) WITH_KERNEL(Square) WITH_KERNEL(SquaredDifference)
  WITH_KERNEL(StridedSlice) WITH_KERNEL(Sub) WITH_KERNEL(Sum) WITH_KERNEL(Svdf) WITH_KERNEL(Tanh)
  WITH_KERNEL(TransposeConv) WITH_KERNEL(Transpose) WITH_KERNEL(Unpack)
  WITH_KERNEL(UnidirectionalSequenceLSTM) WITH_KERNEL(VarHandle) WITH_KERNEL(While) WITH_KERNEL(ZerosLike)
  WITHOUT(CircularBuffer) WITHOUT(Decode) WITHOUT(Delay) WITHOUT(DetectionPostprocess)
  WITHOUT(DynamicUpdateSlice) WITHOUT(Energy) WITHOUT(EthosU) WITHOUT(FftAutoScale) WITHOUT(FilterBank)
  WITHOUT(FilterBankLog) WITHOUT(FilterBankSquareRoot) WITHOUT(FilterBankSpectralSubtraction) WITHOUT(Framer)
  WITHOUT(OverlapAdd) WITHOUT(PCAN) WITHOUT(ResizeNearestNeighbor) WITHOUT(Stacker) WITHOUT(Window)
};
TFLMRegistration Register_CONV_2D_INT8();
TFLMRegistration Register_DEPTHWISE_CONV_2D_INT8();
TFLMRegistration Register_FULLY_CONNECTED_INT8();
TFLMRegistration Register_SOFTMAX_INT8();
}  // namespace tflite
#undef WITH_KERNEL
#undef WITHOUT
#endif
