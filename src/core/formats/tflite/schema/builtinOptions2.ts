/**
 * Options tables of the union BuiltinOptions2, which holds what came after the first union had filled its 127 places.
 * Notation, numbering and source as in `builtinOptions.ts`.
 */
export const builtinOptions2 = {
  StablehloConcatenateOptions: 'dimension:long',
  StablehloBroadcastInDimOptions: 'broadcast_dimensions:[long]',
  StablehloSliceOptions: 'start_indices:[long] limit_indices:[long] strides:[long]',
  StablehloConvolutionOptions:
    'window_strides:[long] padding:[long] lhs_dilation:[long] rhs_dilation:[long] window_reversal:[bool] input_batch_dimension:long input_feature_dimension:long input_spatial_dimensions:[long] kernel_input_feature_dimension:long kernel_output_feature_dimension:long kernel_spatial_dimensions:[long] output_batch_dimension:long output_feature_dimension:long output_spatial_dimensions:[long] feature_group_count:long batch_group_count:long precision_config:[StablehloPrecisionConfig]',
  StablehloCustomCallOptions:
    'call_target_name:string has_side_effect:bool backend_config:string api_version:int called_computations:[int] custom_attributes:[ubyte]',
  StablehloReduceOptions: 'dimensions:[long] body_subgraph_index:int',
  StablehloScatterOptions:
    'indices_are_sorted:bool update_window_dims:[long] inserted_window_dims:[long] scatter_dims_to_operand_dims:[long] index_vector_dim:long unique_indices:bool update_computation_subgraph_index:int',
  StablehloCompareOptions: 'comparison_direction:StablehloComparisonDirection compare_type:StablehloComparisonType',
  StablehloDynamicSliceOptions: 'slice_sizes:[long]',
  StablehloPadOptions: 'edge_padding_low:[long] edge_padding_high:[long] interior_padding:[long]',
  StablehloIotaOptions: 'iota_dimension:long',
  StablehloDotGeneralOptions:
    'lhs_batching_dimensions:[long] rhs_batching_dimensions:[long] lhs_contracting_dimensions:[long] rhs_contracting_dimensions:[long] precision_config:[StablehloPrecisionConfig]',
  StablehloReduceWindowOptions:
    'window_dimensions:[long] window_strides:[long] base_dilations:[long] window_dilations:[long] padding:[long] body_subgraph_index:int',
  StablehloSortOptions: 'dimension:long is_stable:bool comparator_subgraph_index:int',
  StablehloWhileOptions: 'cond_subgraph_index:int body_subgraph_index:int',
  StablehloGatherOptions:
    'offset_dims:[long] collapsed_slice_dims:[long] start_index_map:[long] index_vector_dim:long slice_sizes:[long] indices_are_sorted:bool',
  StablehloTransposeOptions: 'permutation:[long]',
  DilateOptions: '',
  StablehloRngBitGeneratorOptions: 'algorithm:RngAlgorithm',
  ReduceWindowOptions: 'reduce_function:ReduceWindowFunction',
  StableHLOCompositeOptions:
    'name:string decomposition_subgraph_index:int composite_attributes:[ubyte] composite_attributes_format:CustomOptionsFormat version:int',
  StablehloShiftLeftOptions: '',
  StablehloCaseOptions: 'branch_subgraph_indices:[int]',
} as const;
