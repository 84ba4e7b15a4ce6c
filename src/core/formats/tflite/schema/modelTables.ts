/**
 * Tables of a model outside the operators' options, in the notation of `notation.ts`.
 * Source: TFLite schema version 3d (LiteRT `tflite/converter/schema/schema.fbs` of August 2026). Which vectors are
 * written even when empty (`!`) is what TFLite Micro dereferences without asking (`micro_interpreter.h`,
 * `micro_interpreter_graph.cc`, `micro_allocator.cc`).
 */
export const modelTables = {
  CustomQuantization: 'custom:[ubyte]@16',
  BlockwiseQuantization: 'scales:int zero_points:int block_size:int',
  MultiAxisQuantization: 'scales:int zero_points:int block_size:int quantized_dimensions:[int]',
  QuantizationParameters:
    'min:[float] max:[float] scale:[float] zero_point:[long] details:QuantizationDetails quantized_dimension:int',
  Int32Vector: 'values:[int]',
  Uint16Vector: 'values:[ushort]',
  Uint8Vector: 'values:[ubyte]',
  DimensionMetadata:
    'format:DimensionType dense_size:int array_segments:SparseIndexVector array_indices:SparseIndexVector',
  SparsityParameters: 'traversal_order:[int] block_map:[int] dim_metadata:[DimensionMetadata]',
  VariantSubType: 'shape:[int] type:TensorType has_rank:bool',
  Tensor:
    'shape:[int] type:TensorType buffer:uint name:string quantization:QuantizationParameters is_variable:bool sparsity:SparsityParameters shape_signature:[int] has_rank:bool variant_tensors:[VariantSubType] external_buffer:uint',
  OperatorCode: 'deprecated_builtin_code:byte custom_code:string version:int=1 builtin_code:BuiltinOperator',
  Operator:
    'opcode_index:uint inputs:[int]! outputs:[int]! builtin_options:BuiltinOptions custom_options:[ubyte] custom_options_format:CustomOptionsFormat mutating_variable_inputs:[bool] intermediates:[int] large_custom_options_offset:ulong large_custom_options_size:ulong builtin_options_2:BuiltinOptions2 debug_metadata_index:int=-1',
  SubGraph:
    'tensors:[Tensor]! inputs:[int]! outputs:[int]! operators:[Operator]! name:string debug_metadata_index:int=-1',
  Buffer: 'data:[ubyte]@16 offset:ulong size:ulong',
  ExternalBufferGroup: 'name:string',
  ExternalBuffer: 'id:uint group:uint offset:ulong length:ulong packing:string',
  Metadata: 'name:string buffer:uint',
  TensorMap: 'name:string tensor_index:uint',
  SignatureDef: 'inputs:[TensorMap] outputs:[TensorMap] signature_key:string deprecated_tag:string subgraph_index:uint',
  Model:
    'version:uint operator_codes:[OperatorCode]! subgraphs:[SubGraph]! description:string buffers:[Buffer]! metadata_buffer:[int] metadata:[Metadata] signature_defs:[SignatureDef] external_buffer_groups:[ExternalBufferGroup] external_buffers:[ExternalBuffer]',
} as const;
